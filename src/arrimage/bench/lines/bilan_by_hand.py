"""The figures of the bilan counted by hand-written SQL, by their definitions and not by our queries."""

_GRANTS = (
    "select count(distinct user_id) from accounts_rolegrant where region_id = %(region)s and role = '{role}' "
    "and starts_on <= %(last)s and (ends_on is null or ends_on >= %(last)s)"
)
_POINTS = (
    "select count(*) from territory_servicepoint where region_id = %(region)s and kind = '{kind}' {more} "
    "and opened_on <= %(last)s and (closed_on is null or closed_on >= %(last)s)"
)
_ACTIONS = (
    "from agreements_localaction a join agreements_localaction_partners p on p.localaction_id = a.id "
    "join directory_organisation o on o.id = p.organisation_id where a.region_id = %(region)s "
    "and a.status = 'carried_out' and a.happens_on between %(first)s and %(last)s"
)
_AGREEMENTS = (
    "from agreements_agreement a join directory_organisation o on o.id = a.organisation_id "
    "where a.region_id = %(region)s and a.status in ('signed', 'closed')"
)
_OF_OUR_PROGRAMMES = (
    f"{_AGREEMENTS} and o.municipality_id is null and a.signed_on between %(first)s and %(last)s and a.stream_id in "
    "(select s.id from agreements_stream s join agreements_programme g on g.id = s.programme_id "
    "where g.code in ('mobilisation-diversite', 'pasi'))"
)
_COMPLETED = (
    "from casework_referral r join casework_file f on f.id = r.file_id where r.region_id = %(region)s "
    "and r.status = 'completed' and r.ended_on between %(first)s and %(last)s"
)
_IN_TIME = (
    "from scheduling_attendance t join scheduling_appointment a on a.id = t.appointment_id "
    "where t.person_id = f.person_id and a.region_id = %(region)s and a.kind = 'first' "
    "and (a.status = 'kept' or (a.status = 'booked' and a.starts_at >= %(now)s)) "
    "and (a.starts_at at time zone 'America/Montreal')::date between f.arrived_on and f.first_appointment_due"
)
_DUE = (
    "select count(*) from casework_file f where f.region_id = %(region)s "
    "and f.first_appointment_due between %(first)s and %(last)s"
)
WHOLE = "/whole"  # after a code: the denominator of its share
_CLOSES = "(f.arrived_on + interval '{months} months')::date + m.days_after"
_OWED = (
    "select count(*) from casework_file f join casework_milestone m on m.months = {months} "
    f"where f.region_id = %(region)s and {_CLOSES} between %(first)s and %(last)s "
    "and exists (select 1 from consents_consent c where c.person_id = f.person_id and c.region_id = f.region_id "
    "and c.purpose = 'follow_up' and (f.arrived_on + interval '{months} months')::date "
    "between c.given_on and c.expires_on "
    "and (c.withdrawn_on is null or c.withdrawn_on > (f.arrived_on + interval '{months} months')::date)) "
    f"and not (f.status = 'transferred' and f.closed_on <= {_CLOSES}) "
    "and not exists (select 1 from casework_file g where g.person_id = f.person_id and g.region_id = f.region_id "
    "and g.id > f.id)"
)
_ANSWERED = (
    "exists (select 1 from casework_milestonecontact k where k.file_id = f.id and k.months = {months} "
    "and k.result = 'reached' and {said})"
)
_SPEAK = "k.listening is not null and k.speaking is not null"
# By indicator: who is in the denominator, and what the numerator adds.
_BECOMING = {
    "in_region": ("k.residence <> 'unknown'", "k.residence = 'same_region'"),
    "in_quebec": ("k.residence <> 'unknown'", "k.residence in ('same_region', 'other_region')"),
    "employed": ("true", "k.employment in ('full_time', 'part_time', 'self_employed')"),
    "french": (_SPEAK, "k.listening >= 7 and k.speaking >= 7"),
}
_REVIEWED = (
    "select count(*) from casework_sharedanswerreview v join casework_referral r on r.id = v.referral_id "
    "where r.region_id = %(region)s and v.written_at >= %(start)s and v.written_at < %(end)s and v.verdict <> 'added'"
)


def _becoming() -> dict[str, str]:
    counts = {}
    for months in (6, 12, 24):
        owed = _OWED.format(months=months)
        reached = _ANSWERED.format(months=months, said="true")
        counts[f"contacts_{months}_months"] = f"{owed} and {reached}"
        counts[f"contacts_{months}_months{WHOLE}"] = (
            f"{owed} and (%(last)s < %(today)s or {_CLOSES.format(months=months)} < %(today)s or {reached})"
        )
        for code, (among, said) in _BECOMING.items():
            whole = f"{owed} and {_ANSWERED.format(months=months, said=among)}"
            counts[f"{code}_{months}_months{WHOLE}"] = whole
            counts[f"{code}_{months}_months"] = f"{whole} and {_ANSWERED.format(months=months, said=said)}"
    return counts


COUNTS: dict[str, str] = {
    "service_points": _POINTS.format(kind="office", more="and open_to_public"),
    "airport_reception_services": _POINTS.format(kind="airport", more=""),
    "regional_advisors": _GRANTS.format(role="regional_advisor"),
    "integration_agents": _GRANTS.format(role="integration_agent"),
    "reception_agents": _GRANTS.format(role="reception_agent"),
    "partner_organisations": (
        f"select count(distinct o.id) {_ACTIONS} and o.region_id = %(region)s and o.municipality_id is null"
    ),
    "local_actions": f"select count(distinct a.id) {_ACTIONS}",
    "agreements_signed": f"select count(*) {_OF_OUR_PROGRAMMES}",
    "agreements_signed_value": f"select coalesce(sum(a.committed), 0) {_OF_OUR_PROGRAMMES}",
    "city_agreement_value": (
        f"select coalesce(sum(a.committed), 0) {_AGREEMENTS} and a.signed_on between %(first)s and %(last)s "
        "and o.municipality_id = (select main_city_id from territory_region where id = %(region)s)"
    ),
    "agreements_in_progress": (
        f"select count(*) {_AGREEMENTS} and o.municipality_id is null and a.signed_on <= %(last)s "
        "and a.starts_on <= %(last)s and a.ends_on >= %(last)s"
    ),
    "employers_accompanied": (
        "select count(distinct employer_id) from employers_accompaniment where region_id = %(region)s "
        "and in_charge_on <= %(last)s and (ended_on is null or ended_on >= %(first)s)"
    ),
    "persons_received_at_airport": (
        "select count(*) from reception_arrival where region_id = %(region)s and outcome = 'met' "
        "and met_at >= %(start)s and met_at < %(end)s"
    ),
    "files_opened": (
        "select count(*) from casework_file where region_id = %(region)s and opened_on between %(first)s and %(last)s"
    ),
    "first_appointments_in_time": f"{_DUE} and exists (select 1 {_IN_TIME})",
    f"first_appointments_in_time{WHOLE}": (
        f"{_DUE} and (f.first_appointment_due < %(today)s or exists (select 1 {_IN_TIME}))"
    ),
    "persons_assessed": (
        "select count(distinct f.person_id) from casework_assessment a join casework_file f on f.id = a.file_id "
        "where a.region_id = %(region)s and a.status = 'completed' and a.completed_at >= %(start)s "
        "and a.completed_at < %(end)s"
    ),
    "plans_agreed": (
        "select count(*) from casework_plan where region_id = %(region)s and status in ('agreed', 'closed') "
        "and agreed_on between %(first)s and %(last)s"
    ),
    "steps_done": (
        "select count(*) from casework_step where region_id = %(region)s and status = 'done' "
        "and done_on between %(first)s and %(last)s"
    ),
    "referrals_sent": (
        "select count(*) from casework_referral where region_id = %(region)s and status <> 'draft' "
        "and sent_on between %(first)s and %(last)s"
    ),
    "referrals_completed": f"select count(*) {_COMPLETED}",
    "persons_with_result": f"select count(distinct f.person_id) {_COMPLETED}",
    "needs_met": (
        "select count(*) from casework_need where region_id = %(region)s and status = 'met' "
        "and closed_on between %(first)s and %(last)s"
    ),
    "answers_asked_again": f"{_REVIEWED} and v.verdict = 'asked_again'",
    f"answers_asked_again{WHOLE}": _REVIEWED,
    **_becoming(),
}
