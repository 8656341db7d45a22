"""The attestation somebody takes away: one page, tagged for screen readers."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from arrimage.engines.documents import Document, Facts, Paragraph, Section, load_fonts, to_pdf
from arrimage.foundation import clock
from arrimage.foundation.writing import write_long_date, write_number, write_period
from arrimage.scheduling.models import Attestation


def attestation_pdf(attestation: Attestation) -> bytes:
    """Return an attestation as a tagged PDF (PDF/UA-1), in French. Its enrolment's session and person are read."""
    with override("fr"):
        document = attestation_document(attestation)
    return to_pdf(document, load_fonts(settings.ROOT / "node_modules"), made_at=clock.now())


def attestation_document(attestation: Attestation) -> Document:
    """Return who followed what, over which days, for how many hours, and who says so."""
    enrolment = attestation.enrolment
    session = enrolment.session
    meetings = list(session.meetings.all())
    first, last = (timezone.localtime(each.starts_at).date() for each in (meetings[0], meetings[-1]))
    facts = (
        (_("Programme"), session.programme.name),
        (_("Dates"), write_period(first, last) if first != last else write_long_date(first)),
        (_("Lieu"), f"{session.service_point.name}, {session.service_point.address}"),
        (_("Heures de présence"), write_number(attestation.hours)),
        (_("Délivrée le"), write_long_date(attestation.issued_on)),
        (_("Numéro"), number_of(attestation)),
    )
    words = _("%(name)s a participé aux séances de groupe décrites ici.") % {"name": enrolment.person.full_name}
    return Document(
        title=_("Attestation de participation"),
        language="fr",
        author=session.region.name,
        page_of=_("Page %(page)s de %(pages)s"),
        lead=(Paragraph(words),),
        sections=(
            Section(_("La participation"), (Facts(facts),)),
            Section(
                _("Qui la délivre"),
                (
                    Paragraph(session.region.name),
                    Paragraph(
                        _("Le point de services peut la confirmer, à partir du nom, des dates et du numéro."),
                        quiet=True,
                    ),
                ),
            ),
        ),
    )


def number_of(attestation: Attestation) -> str:
    """Return the number an attestation is found by: the end of its uid, in capitals."""
    return attestation.uid.hex[-10:].upper()
