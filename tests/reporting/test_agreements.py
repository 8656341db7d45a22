"""Agreements signed and in force; local actions and partners."""

from decimal import Decimal

import pytest

from arrimage.agreements.enums import AgreementStatus, LocalActionStatus
from tests import factories as make
from tests.reporting.world import AFTER, BEFORE, DAY, FIRST, LAST, Case, change, check

MD, PAC2 = "mobilisation-diversite", "2-organismes"


def agreement(w, **fields):
    """Sign another agreement with the partner."""
    return make.AgreementFactory(
        **{"organisation": w.partner, "signed_on": DAY, "committed": Decimal("50000.25")} | fields
    )


def city_agreement(w, **fields):
    return agreement(w, **{"organisation": w.city, "stream": make.stream("pac")} | fields)


def action(w, **fields):
    """Carry out another local action with the partner."""
    return make.LocalActionFactory(**{"carried_out": True, "happens_on": DAY, "partners": [w.partner]} | fields)


ONE_MORE = {"agreements_signed": 2, "agreements_signed_value": Decimal("150000.25"), "agreements_in_progress": 2}
NONE = {"agreements_signed": 0, "agreements_signed_value": Decimal(0), "agreements_in_progress": 0}
NOT_SIGNED_THIS_YEAR = {"agreements_signed": 0, "agreements_signed_value": Decimal(0)}

AGREEMENTS = [
    Case("one more, under PASI", lambda w: agreement(w), ONE_MORE),
    Case("one more, under Mobilisation-Diversité", lambda w: agreement(w, stream=make.stream(MD)), ONE_MORE),
    Case("signed on the first day", lambda w: agreement(w, signed_on=FIRST), ONE_MORE),
    Case("signed on the last day", lambda w: agreement(w, signed_on=LAST), ONE_MORE),
    Case("closed since", lambda w: change(w.agreement, status=AgreementStatus.CLOSED)),
    Case("annulled since", lambda w: change(w.agreement, status=AgreementStatus.ANNULLED), NONE),
    Case("amount corrected", lambda w: change(w.agreement, committed=Decimal("86000000.75")),
         {"agreements_signed_value": Decimal("86000000.75")}),
    Case("the organisation's own share changes", lambda w: change(w.agreement, matched=Decimal(9_000))),
    Case("signature dated before", lambda w: change(w.agreement, signed_on=BEFORE), NOT_SIGNED_THIS_YEAR),
    Case("signature dated after", lambda w: change(w.agreement, signed_on=AFTER), NONE),
    Case("ends on the last day", lambda w: change(w.agreement, ends_on=LAST)),
    Case("ends the day before", lambda w: change(w.agreement, ends_on=LAST.replace(day=29)),
         {"agreements_in_progress": 0}),
    Case("starts after the last day", lambda w: change(w.agreement, starts_on=AFTER), {"agreements_in_progress": 0}),
    Case("another programme, PAC for organisations", lambda w: agreement(w, stream=make.stream("pac", PAC2)),
         {"agreements_in_progress": 2}),
    Case("moved to another region", lambda w: change(w.agreement, region=make.region("13")), NONE),
    Case("removed", lambda w: w.agreement.delete(), NONE),
    Case("a draft", lambda w: agreement(w, draft=True, signed_on=None, starts_on=DAY)),
    Case("annulled", lambda w: agreement(w, annulled=True)),
    Case("signed the year before and over", lambda w: agreement(w, signed_on=BEFORE, ends_on=DAY)),
    Case("signed the year after", lambda w: agreement(w, signed_on=AFTER)),
    Case("in another region", lambda w: agreement(w, region=make.region("13"))),
    Case("two instalments and a deliverable", lambda w: [
        make.InstalmentFactory(agreement=w.agreement), make.InstalmentFactory(agreement=w.agreement),
        make.DeliverableFactory(agreement=w.agreement, service=w.service)]),
    Case("with the city", lambda w: city_agreement(w), {"city_agreement_value": Decimal("12050000.25")}),
    Case("with the city, under PASI", lambda w: city_agreement(w, stream=make.stream()),
         {"city_agreement_value": Decimal("12050000.25")}),
    Case("the city's is removed", lambda w: w.city_agreement.delete(), {"city_agreement_value": Decimal(0)}),
    Case("the city's is annulled", lambda w: change(w.city_agreement, status=AgreementStatus.ANNULLED),
         {"city_agreement_value": Decimal(0)}),
    Case("with the city, signed before, in force", lambda w: city_agreement(w, signed_on=BEFORE, ends_on=AFTER)),
    Case("with the city, a draft", lambda w: city_agreement(w, draft=True, signed_on=None)),
    Case("with another municipality of the region", lambda w: city_agreement(
        w, organisation=make.OrganisationFactory(
            kind="municipality", municipality=w.office.region.places.filter(kind="linked_city").first()))),
    Case("with another region's city", lambda w: city_agreement(
        w, organisation=make.OrganisationFactory(city=True, region=make.region("13")), region=make.region("13"))),
]  # fmt: skip

ACTIONS = [
    Case("one more action, same partner", lambda w: action(w), {"local_actions": 2}),
    Case("on the first day", lambda w: action(w, happens_on=FIRST), {"local_actions": 2}),
    Case("on the last day", lambda w: action(w, happens_on=LAST), {"local_actions": 2}),
    Case("with a new partner", lambda w: action(w, partners=[make.OrganisationFactory()]),
         {"local_actions": 2, "partner_organisations": 2}),
    Case("a second partner joins", lambda w: w.action.partners.add(make.OrganisationFactory()),
         {"partner_organisations": 2}),
    Case("with the city alone", lambda w: action(w, partners=[w.city]), {"local_actions": 2}),
    Case("with a partner seated elsewhere", lambda w: action(
        w, partners=[make.OrganisationFactory(region=make.region("13"))]), {"local_actions": 2}),
    Case("cancelled", lambda w: change(w.action, status=LocalActionStatus.CANCELLED),
         {"local_actions": 0, "partner_organisations": 0}),
    Case("dated before", lambda w: change(w.action, happens_on=BEFORE),
         {"local_actions": 0, "partner_organisations": 0}),
    Case("its partners leave", lambda w: w.action.partners.clear(), {"local_actions": 0, "partner_organisations": 0}),
    Case("removed", lambda w: w.action.delete(), {"local_actions": 0, "partner_organisations": 0}),
    Case("without a partner", lambda w: action(w, partners=[])),
    Case("planned", lambda w: action(w, carried_out=False, partners=[make.OrganisationFactory()])),
    Case("cancelled", lambda w: action(w, carried_out=False, cancelled=True, partners=[make.OrganisationFactory()])),
    Case("the year before", lambda w: action(w, happens_on=BEFORE, partners=[make.OrganisationFactory()])),
    Case("the year after", lambda w: action(w, happens_on=AFTER, partners=[make.OrganisationFactory()])),
    Case("in another region", lambda w: action(
        w, region=make.region("13"), partners=[w.partner, make.OrganisationFactory()])),
    Case("the city is partner too", lambda w: w.action.partners.add(w.city)),
    Case("an organisation that does nothing", lambda w: make.OrganisationFactory()),
]  # fmt: skip


EVERY = AGREEMENTS + ACTIONS


@pytest.mark.parametrize("case", [case for case in EVERY if case.moves], ids=lambda case: case.name)
def test_figures_follow(case, world):
    check(world, [case])


def test_decoys_move_nothing(world):
    check(world, [case for case in EVERY if not case.moves])
