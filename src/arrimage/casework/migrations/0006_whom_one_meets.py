from django.db import migrations

# Whom an agent has an appointment with, for the policies of `guarded` and the queries of `reach`. As the owner: the policies
# of appointments and persons lead back to files. A set, so that a list asks once, not once a row.
FUNCTION = """
create function casework_persons_met(an_agent bigint) returns setof bigint language sql stable
    security definer set search_path = pg_catalog, pg_temp as $$
    select t.person_id from public.scheduling_attendance t
    join public.scheduling_appointment a on a.id = t.appointment_id
    where a.agent_id = an_agent and a.status <> 'cancelled'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_consents"),
        ("journal", "0001_initial"),
        ("scheduling", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FUNCTION, "drop function casework_persons_met(bigint)")]
