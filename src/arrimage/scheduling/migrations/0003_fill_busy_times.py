from django.db import migrations

# The times of before. Nobody kept a person from being taken twice then: the second of two that overlap is left out.
FILL = """
insert into scheduling_busytime (region_id, starts_at, ends_at, appointment_id, agent_id, person_id)
select a.region_id, a.starts_at, a.ends_at, a.id, t.agent, t.person
from scheduling_appointment a
cross join lateral (
    select a.agent_id, null::bigint
    union all select null, g.person_id from scheduling_attendance g where g.appointment_id = a.id
) t(agent, person)
where a.status <> 'cancelled'
order by a.id
on conflict do nothing
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0002_busy_times_sessions_and_interpreters")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
