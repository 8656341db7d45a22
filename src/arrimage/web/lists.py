"""Lists: a sentence with the count, filters as chips in the address, sort, pages of 25, export, a telling empty state.

`render_list` makes a whole page; `build_list` gives the same list to a page that shows more than a list.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import django_filters
import django_tables2 as tables
from django.core.paginator import EmptyPage, Page, PageNotAnInteger
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.writing import write_date, write_large_money, write_money, write_number, write_time
from arrimage.web.chips import chips_of
from arrimage.web.export import csv_file, csv_response, xlsx_file
from arrimage.web.forms import use_native_dates
from arrimage.web.parts import Chip, Empty
from arrimage.web.states import tone_of

PER_PAGE = 25
SHEETS = {"csv": csv_file, "xlsx": xlsx_file}


class ShellTable(tables.Table):
    """The table to start from. The first column names the thing and links to it; a list always has an order."""

    class Meta:
        template_name = "shell/table.html"
        attrs = {"class": "table list-table"}
        empty_text = ""


class DateColumn(tables.Column):
    """« 27 nov. 2026 »; ISO in the export."""

    def render(self, value: Any) -> str:
        return write_date(value)

    def value(self, **kwargs: Any) -> Any:
        return kwargs["value"]


class TimeColumn(DateColumn):
    """« 27 nov. 2026, 14 h 30 »; ISO in the export."""

    def render(self, value: Any) -> str:
        return f"{write_date(value)}, {write_time(value)}"


class NumberColumn(tables.Column):
    """« 1 234,5 », aligned at the end of the cell."""

    write: Callable[[Any], str] = staticmethod(write_number)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"th": {"class": "number"}, "td": {"class": "number"}})
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return type(self).write(value)

    def value(self, **kwargs: Any) -> Any:
        return kwargs["value"]


class MoneyColumn(NumberColumn):
    """« 86 200 000 $ »."""

    write: Callable[[Any], str] = staticmethod(write_money)


class LargeMoneyColumn(NumberColumn):
    """« 86,2 M$ »; the whole amount in the export."""

    write: Callable[[Any], str] = staticmethod(write_large_money)


class StateColumn(tables.Column):
    """A state as a badge: word, sign, colour. The accessor is the model's field with choices."""

    def render(self, value: Any, record: Model, bound_column: Any) -> SafeString:
        from arrimage.web.templatetags.arrimage import badge

        return badge(value, tone_of(bound_column.accessor.resolve(record)))

    def value(self, **kwargs: Any) -> str:
        return str(kwargs["value"])


class YesColumn(tables.Column):
    """« Oui » or « Non », in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_values", ())
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str | Promise:
        return _("Oui") if value else _("Non")


@dataclass
class ShownList:
    """A list ready to show, by `{% include "shell/list_body.html" %}`."""

    table: tables.Table
    count: int
    sentence: str
    empty: Empty
    filter_form: Any = None
    chips: list[Chip] = field(default_factory=list)
    export_url: str = ""
    workbook_url: str = ""
    clear_url: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)

    @property
    def page(self) -> Page[Any]:
        return self.table.page

    @property
    def page_range(self) -> list[Any]:
        paginator = self.table.paginator
        return list(paginator.get_elided_page_range(self.table.page.number, on_each_side=1, on_ends=1))


def build_list(
    request: HttpRequest,
    table_class: type[tables.Table],
    queryset: QuerySet[Any] | Sequence[Any],
    filterset_class: type[django_filters.FilterSet] | None = None,
    *,
    sentence: Callable[[int], str] | str,
    empty: Empty | str,
    export_name: str | None = None,
    as_workbook: bool = False,
    table_kwargs: dict[str, Any] | None = None,
) -> ShownList:
    """Return the list of `queryset` as the address asks for it (filters, `sort`, `page`).

    `sentence` receives the count and returns the sentence above the list. Two queries, whatever the rows, as long as
    `queryset` selects what its columns read. Sums have no rows of their own: they may come as a list, unfiltered.
    """
    filterset = filterset_class(request.GET, queryset=queryset, request=request) if filterset_class else None
    rows = filterset.qs if filterset else queryset
    table = table_class(rows, **(table_kwargs or {}))
    table.request = request
    if order := request.GET.getlist(table.prefixed_order_by_field):
        table.order_by = order
    _settle_order(table)
    _turn_to_page(table, request.GET.get(table.prefixed_page_field, "1"))
    count = table.paginator.count
    if filterset:
        use_native_dates(filterset.form)
        filterset.form.label_suffix = ""
    return ShownList(
        table=table,
        count=count,
        sentence=sentence(count) if callable(sentence) else sentence,
        empty=empty if isinstance(empty, Empty) else Empty(empty),
        filter_form=filterset.form if filterset and filterset.form.fields else None,
        chips=chips_of(filterset.form, request.GET) if filterset else [],
        export_url=_address(request, page=None, export="csv") if export_name else "",
        workbook_url=_address(request, page=None, export="xlsx") if as_workbook else "",
        clear_url=request.path,
    )


def render_list(
    request: HttpRequest,
    table_class: type[tables.Table],
    queryset: QuerySet[Any] | Sequence[Any],
    filterset_class: type[django_filters.FilterSet] | None = None,
    *,
    title: str,
    sentence: Callable[[int], str] | str,
    empty: Empty | str,
    export_name: str | None = None,
    template: str = "shell/list.html",
    context: dict[str, Any] | None = None,
    table_kwargs: dict[str, Any] | None = None,
    exported: Callable[[QuerySet[Any]], None] | None = None,
    sheet: Callable[[Any], Iterable[Sequence[str]]] | None = None,
) -> HttpResponseBase:
    """Answer with a page that is a list, or with its file when the address asks `?export=csv`.

    `exported` is told which rows leave in the file: for the read journal, where they are persons'. `sheet` makes of
    them the rows of a file that has other columns than the page (an import's); it leaves as a workbook too.
    """
    shown = build_list(
        request,
        table_class,
        queryset,
        filterset_class,
        sentence=sentence,
        empty=empty,
        export_name=export_name,
        as_workbook=sheet is not None,
        table_kwargs=table_kwargs,
    )
    asked = request.GET.get("export")
    if export_name and sheet and asked in SHEETS:
        return SHEETS[asked](sheet(shown.table.data.data), export_name)
    if export_name and asked == "csv":
        if exported is not None:
            exported(shown.table.data.data)
        return csv_response(shown.table, export_name)
    return render(request, template, {"frame": "base.html", "title": title, "list": shown, **(context or {})})


def _settle_order(table: tables.Table) -> None:
    """End the order with the primary key, or with what rows are grouped by, so that no row is on two pages."""
    rows = table.data.data
    if isinstance(rows, QuerySet) and not rows.query.is_sliced:
        order = list(rows.query.order_by or rows.model._meta.ordering)
        if isinstance(rows.query.group_by, tuple):
            named = rows.query.annotation_select.items()
            table.data.data = rows.order_by(*order, *(name for name, each in named if not each.contains_aggregate))
        elif not {"pk", "-pk", "id", "-id"} & {name for name in order if isinstance(name, str)}:
            table.data.data = rows.order_by(*order, "pk")


def _turn_to_page(table: tables.Table, number: str) -> None:
    """Show page `number`, the first for nonsense, the last when there are fewer."""
    try:
        table.paginate(page=number, per_page=PER_PAGE)
    except PageNotAnInteger:
        table.page = table.paginator.page(1)
    except EmptyPage:
        table.page = table.paginator.page(table.paginator.num_pages)


def _address(request: HttpRequest, **changes: str | None) -> str:
    """Return this page's address with some parameters changed (None takes one away)."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else request.path


def name_link(url: str, name: str, detail: str = "") -> SafeString:
    """Return the cell that names a thing: a link, and a quiet line under it when there is a detail."""
    if detail:
        return format_html('<a href="{}">{}</a><span class="detail">{}</span>', url, name, detail)
    return format_html('<a href="{}">{}</a>', url, name)
