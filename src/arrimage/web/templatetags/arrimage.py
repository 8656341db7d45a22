"""The words and parts of a page. A builtin library: no template loads it."""

from collections.abc import Mapping
from datetime import date as Date
from datetime import datetime as DateTime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.template.defaultfilters import date as django_date
from django.template.defaultfilters import time as django_time
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from arrimage.foundation import writing
from arrimage.privacy.consents.content import notice_text
from arrimage.privacy.consents.enums import Notice
from arrimage.web.deadlines import age_words, deadline_tone, deadline_words
from arrimage.web.forms import Group, form_groups
from arrimage.web.parts import Empty, Moment, Step, TodoGroup
from arrimage.web.signs import svg
from arrimage.web.states import Tone, tone_of

register = template.Library()
Instant = Date | DateTime | None


# --- Writing --------------------------------------------------------------------------------------------------------
@register.filter
def date(value: Instant, pattern: str | None = None) -> str:
    """« 27 nov. 2026 ». With a pattern, Django's own filter (the templates of libraries use it)."""
    return str(django_date(value, pattern)) if pattern or isinstance(value, str) else writing.write_date(value)


@register.filter
def long_date(value: Instant) -> str:
    """« 27 novembre 2026 »."""
    return writing.write_long_date(value)


@register.filter
def weekday(value: Instant) -> str:
    """« vendredi 27 novembre »."""
    return writing.write_date(value, "EEEE d MMMM")


@register.filter
def time(value: Any, pattern: str | None = None) -> str:
    """« 14 h 30 ». With a pattern, Django's own filter."""
    return str(django_time(value, pattern)) if pattern or isinstance(value, str) else writing.write_time(value)


@register.filter
def number(value: int | float | Decimal | None, digits: int | None = None) -> str:
    """« 1 234,5 »."""
    return writing.write_number(value, digits)


@register.filter
def money(value: Decimal | int | None) -> str:
    """« 86 200 000 $ »."""
    return writing.write_money(value)


@register.filter
def large_money(value: Decimal | int | None) -> str:
    """« 86,2 M$ »."""
    return writing.write_large_money(value)


@register.filter
def deadline(value: Instant) -> str:
    """« dans 2 jours ouvrables », « en retard de 3 jours ouvrables »."""
    return deadline_words(value)


@register.filter
def age(value: Instant) -> str:
    """« depuis 12 jours »."""
    return age_words(value)


@register.filter
def language(code: str) -> str:
    """« espagnol »."""
    return writing.write_language(code)


@register.filter
def phone(number: str) -> str:
    """« 514 555-0142 »."""
    return writing.write_phone(number)


@register.filter
def item(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """What a mapping has under a key; None when it has nothing."""
    return (mapping or {}).get(key)


@register.filter
def iso(value: Instant) -> str:
    """The value of a `<time datetime>`."""
    return value.isoformat() if value else ""


# --- States ---------------------------------------------------------------------------------------------------------
@register.filter
def sign(tone: str) -> SafeString:
    """The small drawing of a tone (`ok`, `info`, `warn`, `danger`, `maple`, `neutral`) or of an act (`search`, …)."""
    return svg(str(tone))


@register.filter
def tone(state: Any) -> Tone:
    """The tone of a state of the domain."""
    return tone_of(state)


@register.simple_tag
def badge(word: Any, tone: Any = Tone.NEUTRAL) -> SafeString:
    """A state: `{% badge referral.get_status_display referral.status %}` or `{% badge "En retard" "danger" %}`."""
    known = Tone(tone) if str(tone) in set(Tone) else tone_of(tone)
    return format_html('<span class="badge-state tone-{}">{}{}</span>', known.value, svg(known.value), word)


@register.simple_tag
def deadline_badge(due: Instant) -> SafeString:
    """A deadline in words, with the sign of how much it presses; nothing without a deadline."""
    if not due:
        return mark_safe("")
    tone = deadline_tone(due)
    return format_html(
        '<time class="deadline tone-{}" datetime="{}" title="{}">{}{}</time>',
        tone.value,
        iso(due),
        writing.write_long_date(due),
        svg("late" if tone == Tone.DANGER else "clock"),
        deadline_words(due),
    )


# --- Parts ----------------------------------------------------------------------------------------------------------
@register.inclusion_tag("shell/todo.html")
def todo_list(groups: list[TodoGroup], empty: Empty | str = "") -> dict[str, Any]:
    """What needs me now, grouped by reason (`parts.grouped`)."""
    return {"groups": groups, "empty": Empty(empty) if isinstance(empty, str) else empty}


@register.inclusion_tag("shell/figure.html")
def figure(
    value: Any, label: str, period: str, url: str = "", definition_url: str = "", note: str = ""
) -> dict[str, Any]:
    """A figure: never without its period. `value` is shown as given: write it first (`{{ n|number }}`)."""
    return {
        "value": writing.write_number(value) if isinstance(value, int | float | Decimal) else value,
        "label": label,
        "period": period,
        "url": url,
        "definition_url": definition_url,
        "note": note,
    }


@register.inclusion_tag("shell/facts.html")
def facts(pairs: list[tuple[str, Any]], title: str = "") -> dict[str, Any]:
    """A card of facts: pairs of a name and a value; an empty value says so in words."""
    return {"pairs": pairs, "title": title}


@register.inclusion_tag("shell/timeline.html")
def timeline(moments: list[Moment], label: str = "") -> dict[str, Any]:
    """What happened, in the order given."""
    return {"moments": moments, "label": label}


@register.inclusion_tag("shell/steps.html")
def progress(steps: list[Step], label: str = "") -> dict[str, Any]:
    """Where one is in a long form (`parts.steps`)."""
    number = next((index for index, step in enumerate(steps, 1) if step.state == "current"), len(steps))
    return {"steps": steps, "label": label, "number": number, "total": len(steps)}


@register.inclusion_tag("shell/empty.html")
def empty_state(why: str, action: str = "", url: str = "", command: str = "") -> dict[str, Any]:
    """Why there is nothing here, and what to do."""
    return {"empty": Empty(why, action, url, command)}


@register.inclusion_tag("shell/notice.html")
def notice(kind: str, also: str = "") -> dict[str, Any]:
    """Why information is collected here, and the person's rights: in the page's language, and in `also` beside it."""
    spoken = get_language() or "fr"
    texts = [notice_text(Notice(kind), spoken)]
    if also and also != spoken and (other := notice_text(Notice(kind), also)).language == also:
        texts.append(other)
    return {"texts": texts}


# --- Forms ----------------------------------------------------------------------------------------------------------
@register.filter
def widget(bound: BoundField) -> SafeString:
    """The input of a field, with the class of its kind: works for every form, also those of libraries.

    No placeholder: the label says what to write, and stays.
    """
    inner = bound.field.widget
    if isinstance(inner, CheckboxInput):
        css = "form-check-input"
    elif isinstance(inner, RadioSelect | CheckboxSelectMultiple):
        css = "choices"
    elif isinstance(inner, Select):
        css = "form-select"
    elif isinstance(inner, FileInput):
        css = "form-control file-input"
    else:
        css = "form-control"
    own = inner.attrs.get("class", "")
    invalid = " is-invalid" if bound.errors else ""
    return bound.as_widget(attrs={"class": f"{own} {css}{invalid}".strip(), "placeholder": False})


@register.filter
def parts(form: BaseForm) -> list[Group]:
    """The fields of a form in parts, whether it is a `ShellForm` or not."""
    groups = getattr(form, "groups", None)
    return groups() if callable(groups) else form_groups(form)


@register.filter
def is_checkbox(bound: BoundField) -> bool:
    """Say whether the field is one box to tick (its label then comes after it)."""
    return isinstance(bound.field.widget, CheckboxInput)


@register.filter
def first_input(bound: BoundField) -> str:
    """The id to which the summary of errors links: the first choice of a group, the input otherwise."""
    if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label or bound.auto_id)


@register.filter
def get_item(mapping: dict[Any, Any], key: Any) -> Any:
    """`mapping[key]`, or None."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def here_in(context: dict[str, Any], code: str) -> str:
    """The address of this page in another language."""
    request = context.get("request")
    return translate_url(request.get_full_path(), code) if request else "/"
