from django.db import migrations

# The region of the first file, else of the arrival, else of somebody of the household, else Montréal's.
PERSONS = """
update people_person p set region_id = coalesce(
    (select f.region_id from casework_file f where f.person_id = p.id order by f.id limit 1),
    (select a.region_id from reception_arrival a where a.person_id = p.id)
) where p.region_id is null;
update people_person p set region_id = coalesce(
    (select other.region_id from people_member mine
     join people_member theirs on theirs.household_id = mine.household_id
     join people_person other on other.id = theirs.person_id
     where mine.person_id = p.id and other.region_id is not null order by other.id limit 1),
    (select id from territory_region where code = '06')
) where p.region_id is null;
"""
HOUSEHOLDS = """
update people_household h set region_id = coalesce(
    (select p.region_id from people_member m join people_person p on p.id = m.person_id
     where m.household_id = h.id order by m.id limit 1),
    (select id from territory_region where code = '06')
) where h.region_id is null;
"""


class Migration(migrations.Migration):
    """Say in which region each person and household was recorded."""

    dependencies = [
        ("people", "0002_region_that_recorded"),
        ("casework", "0001_initial"),
        ("reception", "0001_initial"),
    ]

    operations = [migrations.RunSQL(PERSONS, migrations.RunSQL.noop), migrations.RunSQL(HOUSEHOLDS, migrations.RunSQL.noop)]
