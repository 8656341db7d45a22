"""The one function that searches files, in the database: it knows who asks, and shows of the others' files the least.

Under policies a search loses its indexes (the operators are not leakproof): 14 ms become 711 on 200,000 rows. So the
search runs as the owner, filters by rights itself (the rule of `reach`), and returns, best first:

- files the actor may open: `mine_id`, the key by which the page reads them under the policies;
- others of the region: their address, number, the person's name and the point of service, nothing else;
- one of another region, found by its whole number only: its address and number.

What it compares with is what the transaction said of itself (`accounts.context`); nothing said, nothing found.
"""

from typing import Any

from django.conf import settings
from django.db import connections
from psycopg import sql

from arrimage.people.search_function import ARGUMENTS, CONTEXT, TYPES, persons_found

SIGNATURE = f"casework_find_files(text[], text, {TYPES})"
PERSONS = "casework_persons_found"
# Names of ours are written with their schema: the function runs as the owner.
_MINE = """
the_role = 'system'
or (
    f.region_id = the_region and (
        the_role = 'team_lead' or the_point is null or f.service_point_id = the_point
        or coalesce(f.agent_id in (select public.casework_answers_for(the_actor, the_day)), false)
        or f.person_id in (select public.casework_persons_met(the_actor))
    )
)
or f.uid in (
    select b.file_uid from public.journal_breakglass b
    where b.user_id = the_actor and b.ended_at is null and b.expires_at > now()
)
"""
_HERE = "(the_region is null or f.region_id = the_region)"
_FILE_HERE = f"exists (select from public.casework_file f where f.person_id = p.id and {_HERE})"
_FILE_MINE = f"exists (select from public.casework_file f where f.person_id = p.id and ({_MINE}))"


def _returned(source: str, condition: str, order: str, proofs: str) -> str:
    """Return the query of what is found in `source` under a condition, the best of each side first."""
    return f"""
    select case when r.mine then r.id end, r.uid, r.number, case when r.here then r.name end,
        case when r.here then r.point end, case when r.here then r.proofs else '{{}}' end
    from (
        select q.*, row_number() over (partition by q.mine order by q.rank, q.id desc) as place
        from (
            select f.id, f.uid, f.number::text as number, trim(p.given_name || ' ' || p.family_name) as name,
                s.name::text as point, {_HERE} as here, {_MINE} as mine, {order} as rank, {proofs} as proofs
            from {source}
            join public.people_person p on p.id = f.person_id
            join public.territory_servicepoint s on s.id = f.service_point_id
            where {condition}
        ) q
    ) r
    where r.place <= the_most
    order by r.mine desc, r.place
    """


_BY_NUMBER = _returned(
    "public.casework_file f",
    f"f.id in (select n.id from public.casework_file n where n.number = any (the_numbers || the_whole_number))"
    f" and ({_HERE} or f.number = the_whole_number)",
    "row(-extract(epoch from f.opened_on))",
    "array['number']",
)
_BY_PERSON = _returned(
    f"public.{PERSONS}(the_words, the_days, the_phone, the_email, the_most) m"
    " join public.casework_file f on f.person_id = m.person",
    _HERE,
    "row(-m.likeness, length(p.search_key), p.search_key, -extract(epoch from f.opened_on))",
    "m.proofs",
)
FUNCTION = f"""
create or replace function casework_find_files(the_numbers text[], the_whole_number text, {ARGUMENTS})
returns table (mine_id bigint, uid uuid, number text, name text, point text, proofs text[])
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare{CONTEXT}
begin
    if the_role is null or the_role not in ('integration_agent', 'team_lead', 'system')
        or (the_region is null and the_role <> 'system') then
        return;
    end if;
    if the_numbers is not null then
        return query {_BY_NUMBER};
    end if;
    if the_numbers is null or the_phone <> '' then
        return query {_BY_PERSON};
    end if;
end $$;
"""


def write_search_function(using: str, **_: Any) -> None:
    """Write the function, as the owner, after each migration; only the web's role may call it."""
    with connections[using].cursor() as cursor:
        role = sql.Identifier(settings.WEB_ROLE).as_string(cursor.connection)
        cursor.execute("drop function if exists casework_find_files(text[], text[], text, integer)")
        cursor.execute(persons_found(PERSONS, _FILE_HERE, _FILE_MINE))
        cursor.execute(f"revoke execute on function {PERSONS}({TYPES}) from public")
        cursor.execute(FUNCTION)
        cursor.execute(f"revoke execute on function {SIGNATURE} from public")
        cursor.execute(f"grant execute on function {SIGNATURE} to {role}")
