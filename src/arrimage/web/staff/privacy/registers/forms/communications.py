from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.foundation import clock
from arrimage.privacy.registers.models import Communication
from arrimage.territory.models import Region
from arrimage.web.forms import Fieldset
from arrimage.web.staff.privacy.registers.forms.incidents import kinds
from arrimage.web.staff.records import RecordForm


class CommunicationForm(RecordForm):
    """One entry of the register."""

    information_kinds = kinds()

    fieldsets = (
        Fieldset(
            _("Quoi, sur qui, à qui"),
            ("made_on", "information_kinds", "information", "concerned", "recipient", "outside_quebec"),
        ),
        Fieldset(_("Pourquoi"), ("purpose", "ground", "agreement", "reason")),
        Fieldset(_("La décision"), ("decided_by", "region")),
    )

    class Meta:
        model = Communication
        fields = (
            "made_on", "information_kinds", "information", "concerned", "recipient", "outside_quebec", "purpose",
            "ground", "agreement", "reason", "decided_by", "region",
        )  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("information", "purpose", "reason")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["made_on"].initial = clock.today
        self.fields["concerned"].help_text = str(_("Sans nom s’il suffit de dire la catégorie."))
        self.fields["agreement"].help_text = str(_("Exigé par les articles 67.2, 67.2.1 et 68."))
        region = self.fields["region"]
        assert isinstance(region, forms.ModelChoiceField)
        region.queryset = Region.objects.order_by("code")
        region.empty_label = str(_("Tout le Québec"))
