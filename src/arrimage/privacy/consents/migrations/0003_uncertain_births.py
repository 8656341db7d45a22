"""A parent's consent holds until the person is certainly fourteen, whatever is not known of their birth date."""

from django.db import migrations

COVERS = """
create or replace function consents_cover(
    a_person bigint, a_region bigint, an_organisation bigint, a_day date
) returns boolean language sql stable as $$
    select exists (
        select from consents_consent c join people_person p on p.id = c.person_id
        where c.person_id = a_person and c.region_id = a_region and c.withdrawn_on is null
            and a_day between c.given_on and c.expires_on
            and (
                c.given_by <> 'parent' or p.birth_date is null
                -- The last day on which they may have been born: as `people.births.Birth.last`.
                or a_day < p.birth_date + case p.birth_precision
                    when 'month' then interval '1 month - 1 day'
                    when 'year' then interval '1 year - 1 day'
                    when 'around' then interval '3 years - 1 day'
                    else interval '0'
                end + interval '14 years'
            )
            and (
                c.purpose = 'referral' and c.recipient_id = an_organisation
                or c.purpose = 'plan_referrals' and not exists (
                    select from consents_refusal r
                    where r.person_id = a_person and r.region_id = a_region and r.organisation_id = an_organisation
                        and r.lifted_on is null
                )
            )
    )
$$
"""


class Migration(migrations.Migration):

    dependencies = [("consents", "0002_what_a_consent_covers"), ("people", "0005_people_and_households")]

    operations = [migrations.RunSQL(COVERS, migrations.RunSQL.noop)]
