"""How many may be given at once of a time that templates number, kept by the database: whoever books, however.

The appointment is written, then counted under the lock of its point of service (`actions.rights.one_at_a_time`): the
second of two who book at once sees the first. A time that no template of its kind holds whole is not numbered.
"""

import pgtrigger
from django.conf import settings

from arrimage.scheduling.enums import TAKES_THE_TIME

LOCKED = 7  # the class of the advisory locks of points of service
CONSTRAINT = "slot_template_never_passed"
FUNCTION = "scheduling_count_at_once"
TAKES = ", ".join(f"'{status.value}'" for status in TAKES_THE_TIME)

COUNT = f"""
create or replace function {FUNCTION}(an_appointment bigint) returns void language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    given public.scheduling_appointment;
    starts timestamp;
    ends timestamp;
    most integer;
begin
    select * into given from public.scheduling_appointment where id = an_appointment;
    starts = given.starts_at at time zone '{settings.TIME_ZONE}';
    ends = given.ends_at at time zone '{settings.TIME_ZONE}';
    select sum(t.places) into most from public.scheduling_slottemplate t
    where t.service_point_id = given.service_point_id and t.kind = given.kind and not t.is_withdrawn
        and extract(isodow from starts)::integer = any (t.weekdays)
        and starts::date between coalesce(t.first_on, starts::date) and coalesce(t.last_on, starts::date)
        and starts::date + t.starts_at <= starts and ends <= starts::date + t.ends_at;
    if most is null then
        return;
    end if;
    perform pg_advisory_xact_lock({LOCKED}, given.service_point_id::integer);
    if most < (
        select count(*) from public.scheduling_appointment a
        where a.region_id = given.region_id and a.service_point_id = given.service_point_id and a.kind = given.kind
            and a.status in ({TAKES})
            and a.starts_at > given.starts_at - interval '1 day'
            and a.starts_at < given.ends_at and a.ends_at > given.starts_at
    ) then
        raise exception 'no more appointments at that time' using errcode = 'check_violation',
            constraint = '{CONSTRAINT}';
    end if;
end $$
"""
# What neither moves nor begins to count is not counted again: a template written since changes nothing to it.
TRIGGER = pgtrigger.Trigger(
    name="never_more_at_once",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "starts_at", "ends_at", "service_point_id", "kind"),
    func=f"""
        IF NEW.status NOT IN ({TAKES}) THEN RETURN NULL; END IF;
        IF TG_OP = 'UPDATE' THEN
            IF OLD.status IN ({TAKES}) AND (OLD.starts_at, OLD.ends_at, OLD.service_point_id, OLD.kind)
                = (NEW.starts_at, NEW.ends_at, NEW.service_point_id, NEW.kind) THEN RETURN NULL; END IF;
        END IF;
        PERFORM {FUNCTION}(NEW.id);
        RETURN NULL;
    """,
)
