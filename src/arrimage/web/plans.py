"""The printed plan, for whoever may see it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from arrimage.casework.actions.agreements import contents_of
from arrimage.casework.models import File, Plan, PlanVersion
from arrimage.casework.plan_content import PlanContent
from arrimage.casework.plan_document import BESIDE, PlanSheet, plan_pdf
from arrimage.foundation.writing import write_language


def languages_to_print(spoken: str) -> list[tuple[str, str]]:
    """Return the languages a plan is printed in, the person's first; French is in all of them, and alone in one."""
    codes = sorted(["", *BESIDE], key=lambda code: code != ("" if spoken == "fr" else spoken))
    words = _("En français et en %(language)s")
    return [
        (code, words % {"language": write_language(code)} if code else _("En français seulement")) for code in codes
    ]


def version_asked(request: HttpRequest, plan: Plan) -> PlanVersion | None:
    """Return the version of the address (`?version=2`), None where it asks for none; 404 for one there is not."""
    asked = request.GET.get("version", "")
    if not asked:
        return None
    version = PlanVersion.objects.filter(plan=plan, number=int(asked)).first() if asked.isdecimal() else None
    if version is None:
        raise Http404
    return version


def pdf_of(file: File, plan: Plan, version: PlanVersion | None, language: str) -> HttpResponse:
    """Return a plan as a PDF in French and another language, opened in the browser."""
    content = PlanContent.from_json(version.content) if version else contents_of([plan.pk])[plan.pk]
    sheet = PlanSheet(file, content, version, language if language in BESIDE else "")
    response = HttpResponse(plan_pdf(sheet), content_type="application/pdf")
    name = "-".join(part for part in ("plan", slugify(file.number), sheet.beside or "fr") if part)
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
