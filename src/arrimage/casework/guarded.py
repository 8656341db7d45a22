"""Who sees a file, and what hangs on it: the SQL side of `casework.queries`."""

from arrimage.accounts.context import LINK_HOLDER
from arrimage.accounts.enums import Role
from arrimage.accounts.guarded import PARTNERS
from arrimage.casework.enums import AWAITING_ANSWER, WITH_PARTNER
from arrimage.foundation.row_security import (
    ACTOR,
    POINT,
    REGION,
    ROLE,
    SCOPE,
    TODAY,
    Command,
    Policy,
    add_function,
    among,
    guard,
    leave_open,
    role_in,
    sees,
)
from arrimage.people.guarded import AGENTS, NEWCOMER

LIVE_ACCESS = f"user_id = {ACTOR} and ended_at is null and expires_at > now()"
TEAM_LEAD = role_in(Role.TEAM_LEAD)
AGENT = role_in(Role.INTEGRATION_AGENT)
# For whom somebody answers on a day: themselves, and the absent they replace. As the owner: policies call it.
ANSWERS_FOR = """
create or replace function casework_answers_for(an_agent bigint, a_day date) returns setof bigint language sql stable
    rows 3 security definer set search_path = pg_catalog, pg_temp as $$
    select an_agent union all
    select a.agent_id from public.casework_absencecover c join public.casework_absence a on a.id = c.absence_id
    where c.substitute_id = an_agent and not a.is_cancelled and a_day between a.starts_on and a.ends_on
$$
"""
# Said of one file by its key, for what hangs on it: the same as the policies of `casework_file`, which a statement that
# passes over many files evaluates faster row by row, and what hangs on one file slower.
SEES_FILE = f"""
create or replace function sees_casework_file(the_key bigint) returns boolean language plpgsql stable cost 500
security definer set search_path = pg_catalog, pg_temp as $$
declare
    file record;
    the_role text := {ROLE};
begin
    select f.uid, f.region_id, f.service_point_id, f.agent_id, f.person_id into file
    from public.casework_file f where f.id = the_key;
    if the_role = 'newcomer' then
        return file.person_id = {SCOPE};
    elsif the_role not in ('integration_agent', 'team_lead') then
        return false;
    elsif file.region_id = {REGION} and (
        the_role = 'team_lead' or {POINT} is null or file.service_point_id = {POINT}
        or file.agent_id in (select public.casework_answers_for({ACTOR}, {TODAY}))
        or exists (
            select from public.scheduling_attendance t join public.scheduling_appointment a on a.id = t.appointment_id
            where t.person_id = file.person_id and a.agent_id = {ACTOR} and a.status <> 'cancelled'
        )
    ) then
        return true;
    end if;
    return exists (select from public.journal_breakglass b where b.file_uid = file.uid and b.{LIVE_ACCESS});
end $$
"""

LIVE = ", ".join(repr(status.value) for status in sorted(WITH_PARTNER))
# Who reads a note (`queries.notes_visible_to` says the same). Its owner's: a partner sees the referral, not the file.
READS_NOTE = f"""
create or replace function reads_casework_note(
    the_file bigint, the_visibility text, the_author bigint, the_referral bigint, withdrawn boolean
) returns boolean language plpgsql stable cost 600
security definer set search_path = pg_catalog, pg_temp as $$
declare
    file record;
    the_role text := {ROLE};
begin
    if the_role in ('partner_manager', 'partner_worker') then
        return the_visibility = 'partner' and not withdrawn and exists (
            select from public.casework_referral r
            where r.id = the_referral and r.organisation_id = {SCOPE} and r.status in ({LIVE})
        );
    elsif not public.sees_casework_file(the_file) then
        return false;
    elsif the_role = 'newcomer' then
        return the_visibility = 'person' and not withdrawn;
    elsif the_author = {ACTOR} then
        return true;
    end if;
    select f.region_id, f.service_point_id, f.agent_id into file from public.casework_file f where f.id = the_file;
    if the_visibility = 'sensitive' then
        return (not withdrawn and file.agent_id = {ACTOR}) or (
            the_role = 'team_lead' and file.region_id = {REGION}
            and ({POINT} is null or file.service_point_id = {POINT})
        );
    elsif withdrawn then
        return the_role = 'team_lead' and file.region_id = {REGION};
    elsif the_visibility = 'team' then
        return file.agent_id = {ACTOR} or (
            file.region_id = {REGION}
            and (the_role = 'team_lead' or {POINT} is null or file.service_point_id = {POINT})
        );
    end if;
    return true;
end $$
"""


def of_file(table: str, who: str, *, name: str = "of_files_one_sees") -> Policy:
    """Return the policy of what hangs on a file, for those of `who` that see the file."""
    return Policy(name, f"{who} and sees_casework_file({table}.file_id)")


def declare() -> None:
    add_function("casework_answers_for", ANSWERS_FOR)
    add_function("sees_casework_file", SEES_FILE)
    guard(
        "casework_file",
        Policy("of_the_region", f"{TEAM_LEAD} and region_id = {REGION}"),
        Policy(
            "assigned",
            f"{AGENT} and region_id = {REGION} and ({POINT} is null or service_point_id = {POINT}"
            f" or agent_id in (select casework_answers_for({ACTOR}, {TODAY}))"
            f" or person_id in (select casework_persons_met({ACTOR})))",
        ),
        Policy("opened_exceptionally", f"{AGENTS} and {among('uid', 'journal_breakglass', 'file_uid', LIVE_ACCESS)}"),
        Policy("one_s_own", f"{NEWCOMER} and person_id = {SCOPE}", "select"),
    )
    leave_open("counters of numbers, no person", "casework_fileserial", history=False)
    leave_open("settings, no person", "casework_milestone", "casework_caseweight")
    for table in (
        "casework_assessment",
        "casework_followup",
        "casework_plannedcontact",
        "casework_milestonecontact",
        "casework_filemove",
        "casework_transferredfile",
        "casework_closing",
        "casework_amendment",
        "casework_declinedproposal",
    ):
        guard(table, of_file(table, AGENTS))
    for table in ("casework_agentprofile", "casework_absence", "casework_absencecover", "casework_handover"):
        guard(table, Policy("of_the_region", f"{AGENTS} and region_id = {REGION}"))
    for table in ("casework_need", "casework_plan", "casework_step", "casework_goal", "casework_planversion"):
        guard(table, of_file(table, AGENTS), Policy("one_s_own", f"{NEWCOMER} and {_own_file(table)}", "select"))
    awaiting = ", ".join(repr(status.value) for status in sorted(AWAITING_ANSWER))
    guard(
        "casework_transfer",
        Policy("of_the_two_regions", f"{TEAM_LEAD} and {REGION} in (region_id, to_region_id)"),
        Policy("asked_by_oneself", f"{AGENTS} and author_id = {ACTOR}"),
    )
    guard(
        "casework_referral",
        of_file("casework_referral", AGENTS),
        Policy("one_s_own", f"{NEWCOMER} and {_own_file('casework_referral')}", "select"),
        Policy("received", f"{PARTNERS} and organisation_id = {SCOPE} and status in ({LIVE})"),
        Policy("by_its_link", f"{ROLE} = '{LINK_HOLDER}' and id = {SCOPE} and status in ({awaiting})", "select"),
    )
    guard(
        "casework_referrallink",
        Policy("of_referrals_one_sees", f"{AGENTS} and {_own_referral('casework_referrallink')}", "select"),
        silent=["code_digest"],
    )
    guard(
        "casework_linkevent",
        Policy("of_links_one_sees", f"{AGENTS} and {sees('casework_referrallink', 'id', 'link_id')}", "select"),
        no_history="events are never altered",
    )
    guard(
        "casework_appointmentmessage",
        Policy(
            "of_appointments_one_sees",
            f"{AGENTS} and {sees('scheduling_appointment', 'id', 'casework_appointmentmessage.appointment_id')}",
            "select",
        ),
        Policy("one_s_own", f"{NEWCOMER} and person_id = {SCOPE}", "select"),
    )
    for table in ("casework_sharedanswerreview", "casework_referralmessage", "casework_dateproposal"):
        guard(table, Policy("of_referrals_one_sees", f"({AGENTS} or {PARTNERS}) and {_own_referral(table)}"))
    guard(
        "casework_dateproposal",
        Policy("proposed_to_one", f"{NEWCOMER} and {_own_referral('casework_dateproposal')}", "select"),
    )
    guard(
        "casework_referralchoice",
        Policy("of_referrals_one_sees", f"{AGENTS} and {_own_referral('casework_referralchoice')}"),
        Policy("one_s_own", f"{NEWCOMER} and {_own_referral('casework_referralchoice')}", "select"),
        only=["select", "insert"],
        no_history="written once, never altered",
    )
    leave_open("reasons and delays: no person", "casework_declinereason", "casework_referraldelays")
    guard(
        "casework_referralevent",
        Policy("of_referrals_one_sees", sees("casework_referral", "id", "casework_referralevent.referral_id")),
        no_history="events are never altered",
    )
    guard(
        "casework_fileevent",
        of_file("casework_fileevent", AGENTS),
        no_history="events are never altered",
    )
    _declare_notes()
    guard(
        "casework_document",
        of_file("casework_document", AGENTS),
        Policy("shared", f"{NEWCOMER} and shared and {_own_file('casework_document')}", "select"),
        Policy(
            "given_by_the_person",
            f"{NEWCOMER} and from_person and shared and author_id = {ACTOR} and {_own_file('casework_document')}",
            "insert",
        ),
    )
    guard(
        "casework_consentnotice",
        Policy("of_referrals_one_sees", f"{AGENTS} and region_id = {REGION}"),
        Policy("told", f"{PARTNERS} and organisation_id = {SCOPE}"),
    )
    # A person who moved: seen where they are accompanied now, wherever they were recorded first.
    guard(
        "people_person",
        Policy("accompanied_here", f"{AGENTS} and {_opens('people_person.id')}"),
    )
    guard(
        "people_personidentifier",
        Policy("of_files_one_opens", f"{AGENTS} and {_opens('people_personidentifier.person_id')}"),
    )
    guard(
        "people_familylink",
        Policy(
            "of_two_files_one_opens",
            f"{AGENTS} and {_opens('people_familylink.person_id')} and {_opens('people_familylink.other_id')}",
        ),
    )


def _opens(person: str) -> str:
    return sees("casework_file", "person_id", person)


def _own_referral(table: str) -> str:
    return sees("casework_referral", "id", f"{table}.referral_id")


def _declare_notes() -> None:
    """A note stays: nobody of the web deletes one."""
    add_function("reads_casework_note", READS_NOTE)
    note = "casework_note"
    reads = (
        f"reads_casework_note({note}.file_id, {note}.visibility, {note}.author_id, {note}.referral_id, "
        f"{note}.withdrawn_on is not null)"
    )
    kept: tuple[Command, ...] = ("select", "insert", "update")
    guard(
        note,
        Policy("read_by_the_staff", f"{AGENTS} and {reads}"),
        Policy("shared", f"({NEWCOMER} or {PARTNERS}) and {reads}", "select"),
        only=kept,
    )
    seen = sees(note, "id", "casework_noteaddition.note_id")
    guard(
        "casework_noteaddition",
        Policy("of_notes_one_reads", f"{AGENTS} and {seen}"),
        Policy("shared", f"({NEWCOMER} or {PARTNERS}) and {seen}", "select"),
        only=kept,
    )
    leave_open("words reused in a region, nobody's", "casework_notetemplate")


def _own_file(table: str) -> str:
    return f"sees_casework_file({table}.file_id)"
