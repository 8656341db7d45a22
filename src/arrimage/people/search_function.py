"""Searching persons in the database: the text of the function that finds them, for whoever may then filter them.

Words are corrected against the dictionary of words (`word_functions`), then looked for exactly, by the index of words
(GIN). First every word as it is typed, or as the beginning of one; when that finds less than a page, the words like
them: all of them, or all but one of three or more, words stuck together or apart.

The functions run as the owner: a search under policies loses its indexes (`casework.search_function`). One finds
the persons whom the actor may name (the rule of `queries.persons_visible_to`); `casework` has its own, of files.
"""

from typing import Any

from django.conf import settings
from django.db import connections
from psycopg import sql

from arrimage.people.word_functions import write_word_functions

CONSIDERED = 1_500  # persons compared in full, at most
LIKE_A_WORD = 30  # words of the dictionary a typed word may stand for
LEAST_LIKENESS, LEAST_JOINED = 0.5, 0.85  # of a word typed, of two stuck together
CLEARLY = 0.9  # who bears all the words, that much alike, is whom one looks for
# Words that names come with or without; they count for little, and never alone.
PARTICLES = (
    "al", "el", "ul", "ar", "as", "de", "del", "des", "du", "da", "das", "dos", "do", "di", "la", "las", "los", "le",
    "ben", "bin", "ibn", "bint", "bou", "abu", "ould", "van", "von", "der", "den", "y",
)  # fmt: skip
WORDS = "to_tsvector('simple', p.search_key)"
ENDING = "reverse(regexp_replace(p.phone, '\\D', '', 'g'))"
BORN = "exists (select from unnest(the_days) d where p.birth_date >= lower(d) and p.birth_date < upper(d))"
ARGUMENTS = "the_words text[], the_days daterange[], the_phone text, the_email text, the_most integer"
TYPES = "text[], daterange[], text, text, integer"
FIND_PERSONS = "people_find_persons"
CONTEXT = """
    the_role text := nullif(current_setting('arrimage.role', true), '');
    the_actor bigint := nullif(current_setting('arrimage.actor', true), '')::bigint;
    the_region bigint := nullif(current_setting('arrimage.region', true), '')::bigint;
    the_point bigint := nullif(current_setting('arrimage.point', true), '')::bigint;
    the_day date := nullif(current_setting('arrimage.today', true), '')::date;
"""
_PARTICLE = f"array[{', '.join(repr(word) for word in PARTICLES)}]"


def persons_found(name: str, scope: str, near: str = "true") -> str:
    """Return the text of a function `name(ARGUMENTS)` that finds persons `p` under the condition `scope`.

    `scope` and `near` may speak of `p` and of what the transaction says of itself (`CONTEXT`). The function returns
    (person, likeness from 0 to 1, proofs, near), the best `the_most` of those near and of the others. Proofs are
    `typed=word`, `phone`, `email`, `birth`. Days are a bonus to a name; without a name they are what is looked for.
    """
    return _TEXT.format(name=name, scope=scope, near=near)


def _half(text: str) -> str:
    """Return the words that half of a typed word may be: itself, or the same Chinese syllable."""
    return (
        f"(select k.word from public.people_nameword k where k.word = {text}"
        f" or k.traces @> array['=#' || public.people_chinese_sound({text})]"
        f" order by k.word <> {text}, k.word limit 4)"
    )


_TEXT = f"""
create or replace function {{name}}({ARGUMENTS})
returns table (person bigint, likeness real, proofs text[], near boolean) language plpgsql volatile
security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare{CONTEXT}
    asked text[];
    before text[];  -- the particle each came after
    wanted int;
    as_typed tsquery;
    query tsquery;
    queries tsquery[];
    best real := 0;
    places int[];
    ends int[];
    typed text[];
    words text[];
    others text[];
    likes real[];
    weights real[];
    any_of text[];
    parts text[];
    joined text;
    enough int := 0;
begin
    if the_phone <> '' then
        return query select p.id, 1::real, array['phone'], {{near}} from public.people_person p
            where {ENDING} like reverse(the_phone) || '%' and {{scope}} order by 4 desc, p.id limit 2 * the_most;
    end if;
    if the_email <> '' then
        return query select p.id, 1::real, array['email'], {{near}} from public.people_person p
            where lower(p.email) like the_email || '%' and {{scope}} order by 4 desc, p.id limit 2 * the_most;
    end if;
    select array_agg(a.w order by a.n), array_agg(case when a.before = any ({_PARTICLE}) then a.before end order by a.n)
    into asked, before
    from (select w, n, lag(w) over (order by n) as before from unnest(the_words) with ordinality w(w, n)) a
    where a.w <> all ({_PARTICLE});
    asked := coalesce(asked, the_words);
    wanted := coalesce(array_length(asked, 1), 0);
    if wanted = 0 then
        if the_days <> '{{{{}}}}' then
            return query select p.id, 1::real, array['birth'], {{near}} from unnest(the_days) d
                join public.people_person p on p.birth_date >= lower(d) and p.birth_date < upper(d)
                where {{scope}} order by 4 desc, p.search_key, p.id limit 2 * the_most;
        end if;
        return;
    end if;

    -- As it is typed.
    as_typed := (select string_agg(w || case when length(w) >= 3 or wanted > 1 then ':*' else '' end, ' & ')
        from unnest(asked) w)::tsquery;
    for person, likeness, proofs, near in
        select r.id, r.likes, r.proofs, r.near from (
            select h.*, l.likes, row_number() over (
                    partition by h.near order by l.likes desc, length(h.search_key), h.search_key, h.id
                ) as place,
                array(
                    select w || '=' || coalesce(min(v) filter (where v = w), min(v)) from unnest(asked) w
                    join unnest(h.held) v on starts_with(v, w) group by w
                ) || case when the_days <> '{{{{}}}}' then array['birth'] end as proofs
            from (
                select p.id, p.search_key, string_to_array(p.search_key, ' ') as held, {{near}} as near
                from public.people_person p
                where {WORDS} @@ as_typed and (the_days = '{{{{}}}}' or {BORN}) and {{scope}}
                limit greatest({CONSIDERED}, the_most)
            ) h
            cross join lateral (
                select (1 - 0.05 * (select count(*) from unnest(asked) w where w <> all (h.held)) / wanted)::real
                    as likes
            ) l
        ) r
        where r.place <= the_most order by r.near desc, r.place
    loop
        enough := enough + near::int;
        return next;
    end loop;
    if enough >= the_most then
        return;
    end if;

    -- Words like those typed: each alone, with its neighbour, or cut in two.
    select array_agg(c.place), array_agg(c.ends), array_agg(c.asked), array_agg(c.word), array_agg(c.other),
        array_agg(c.likes)
    into places, ends, typed, words, others, likes
    from (
        select u.place, u.ends, u.asked, k.word, null::text as other,
            k.likes * case u.least when {LEAST_JOINED} then 0.97 else 1 end as likes
        from (
            select n as place, n as ends, asked[n] as asked, {LEAST_LIKENESS} as least
            from generate_series(1, wanted) n
            union all
            select n, n + 1, asked[n] || asked[n + 1], {LEAST_JOINED} from generate_series(1, wanted - 1) n
            union all
            select n, n, before[n] || asked[n], {LEAST_JOINED} from generate_series(1, wanted) n
            where before[n] is not null
        ) u
        cross join lateral public.people_words_like(u.asked, {LIKE_A_WORD}) k
        where k.likes >= u.least
        union all
        select n, n, asked[n], one.word, two.word, 0.95
        from generate_series(1, wanted) n
        cross join generate_series(2, length(asked[n]) - 2) cut
        cross join lateral {_half("left(asked[n], cut)")} one
        cross join lateral {_half("substr(asked[n], cut + 1)")} two
        union all
        select n, n, asked[n], asked[n], kind, case when kind = '*' then 0.9 else 1 end
        from generate_series(1, wanted) n, unnest(array[null, '*']) kind
        where kind is null or length(asked[n]) >= 3 or wanted > 1
    ) c;
    any_of := array(
        select string_agg(distinct case when others[i] is null then words[i] when others[i] = '*' then words[i] || ':*'
            else '(' || words[i] || '&' || others[i] || ')' end, '|')
        from generate_series(1, wanted) n join generate_series(1, array_length(places, 1)) i
            on places[i] = n and ends[i] = n group by n order by n
    );
    parts := array[(select string_agg('(' || any_of[n] || ')', '&' order by n) from generate_series(1, wanted) n)];
    for n in 1 .. wanted - 1 loop
        joined := (select string_agg(distinct words[i], '|') from generate_series(1, array_length(places, 1)) i
            where places[i] = n and ends[i] = n + 1);
        if joined is not null then
            parts := parts || concat_ws('&', '(' || joined || ')', (select string_agg('(' || any_of[m] || ')', '&')
                from generate_series(1, wanted) m where m not in (n, n + 1)));
        end if;
    end loop;
    queries := array[array_to_string(parts, '|')::tsquery];
    if wanted >= 3 then
        queries := queries || (
            select string_agg(
                (select string_agg('(' || any_of[m] || ')', '&') from generate_series(1, wanted) m where m <> n), '|'
            ) from generate_series(1, wanted) n
        )::tsquery;
    end if;
    weights := array(select least(length(w), 6)::real from unnest(asked) w);
    foreach query in array queries loop
        for person, likeness, proofs, near in
            select r.id, r.likes, r.proofs, r.near from (
                select h.*, (l.likes + h.bonus)::real as likes,
                    case when h.bonus > 0 then l.proofs || 'birth'::text else l.proofs end as proofs,
                    row_number() over (
                        partition by h.near
                        order by l.likes + h.bonus desc, length(h.search_key), h.search_key, h.id
                    ) as place
                from (
                    select p.id, p.search_key, string_to_array(p.search_key, ' ') as held, {{near}} as near,
                        case when the_days = '{{{{}}}}' then 0 when {BORN} then 0.15
                            when p.birth_date is null then 0 else -0.15 end as bonus
                    from public.people_person p
                    where {WORDS} @@ query and not ({WORDS} @@ as_typed and (the_days = '{{{{}}}}' or {BORN}))
                        and {{scope}}
                    limit {CONSIDERED}
                ) h
                cross join lateral (
                    select sum(b.likes * weights[b.place]) / (select sum(w) from unnest(weights) w) as likes,
                        array_agg(b.asked || '=' || b.word order by b.place) as proofs
                    from (
                        select distinct on (n) n as place, c.asked, c.likes,
                            c.word || coalesce(' ' || nullif(c.other, '*'), '') as word
                        from unnest(places, ends, typed, words, others, likes)
                            c(place, ends, asked, word, other, likes)
                        cross join lateral generate_series(c.place, c.ends) n
                        where case c.other
                            when '*' then exists (select from unnest(h.held) v where starts_with(v, c.word))
                            else c.word = any (h.held) and (c.other is null or c.other = any (h.held)) end
                        order by n, c.likes desc
                    ) b
                ) l
                where l.likes is not null
            ) r
            where r.place <= the_most order by r.near desc, r.place
        loop
            best := greatest(best, likeness * near::int);
            return next;
        end loop;
        exit when best >= {CLEARLY};
    end loop;
end $$
"""

_NAMED = """p.merged_into_id is null and (
    the_role = 'system'
    or the_role in ('reception_agent', 'integration_agent', 'team_lead') and p.region_id = the_region
    or the_role = 'privacy_officer' and (the_region is null or p.region_id = the_region)
)"""


def write_search_functions(using: str, **_: Any) -> None:
    """Write the functions, as the owner, after each migration; the web's role may search, and forget words."""
    write_word_functions(using)
    with connections[using].cursor() as cursor:
        role = sql.Identifier(settings.WEB_ROLE).as_string(cursor.connection)
        cursor.execute(persons_found(FIND_PERSONS, _NAMED))
        cursor.execute(f"revoke execute on function {FIND_PERSONS}({TYPES}) from public")
        cursor.execute(f"grant execute on function {FIND_PERSONS}({TYPES}), people_forget_words() to {role}")
