"""The words that searches read, written by the database: one document a service, and the words of all of them.

Whatever a document is made of has triggers (`SOURCES`), on each statement, bulk or not: nothing that writes can forget
them. French, English, Spanish and Arabic texts are stemmed in their language, accents forgiven; every word is kept as
it is written as well, for names and for words of other languages.
"""

from typing import Any

from django.db import connections

LANGUAGES = {"fr": "french", "en": "english", "es": "spanish", "ar": "arabic"}  # stemmers of PostgreSQL
SHORTEST, LONGEST = 3, 40  # letters of a word that corrects another
SHORT, ALIKE = 5, 0.2  # letters of a word where one slip is forgiven, not two; trigrams shared by words compared

CONFIGURATIONS = [
    "create text search configuration directory_plain (copy = pg_catalog.simple)",
    "alter text search configuration directory_plain alter mapping for hword, hword_part, word with unaccent, simple",
    *(
        statement
        for code, stemmer in LANGUAGES.items()
        for statement in (
            f"create text search configuration directory_{code} (copy = pg_catalog.{stemmer})",
            f"alter text search configuration directory_{code} alter mapping for hword, hword_part, word"
            f" with unaccent, {stemmer}_stem",
        )
    ),
    "create aggregate directory_joined (tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '')",
]

# The services (of an array of keys) that changed rows of a table are part of.
_AT = "join public.directory_serviceatlocation a on a.location_id"
SOURCES = {
    "directory_service": "select c.id from changed c",
    "directory_service_themes": "select c.service_id from changed c",
    "directory_theme": "select t.service_id from changed c join public.directory_service_themes t on t.theme_id = c.id",
    "directory_organisation": "select s.id from changed c join public.directory_service s on s.organisation_id = c.id",
    "directory_serviceatlocation": "select c.service_id from changed c",
    "directory_location": f"select a.service_id from changed c {_AT} = c.id",
    "territory_place": (
        f"select a.service_id from changed c join public.directory_location l on l.place_id = c.id {_AT} = l.id"
        " union select s.id from changed c join public.directory_organisation o on o.place_id = c.id"
        " join public.directory_service s on s.organisation_id = o.id"
    ),
    "directory_translation": (
        "select c.service_id from changed c"
        " union select s.id from changed c join public.directory_service s on s.organisation_id = c.organisation_id"
        f" union select a.service_id from changed c {_AT} = c.location_id"
    ),
    "directory_servicearea": "select c.service_id from changed c",
    "directory_attribute": "select c.service_id from changed c",
    "directory_taxonomyterm": (
        "select t.service_id from changed c join public.directory_attribute t on t.term_id = c.id"
    ),
}
_ROWS = {
    "insert": "referencing new table as new_rows",
    "update": "referencing old table as old_rows new table as new_rows",
    "delete": "referencing old table as old_rows",
}
TRIGGERS = [
    f"create trigger keep_documents_{command} after {command} on {table} {rows}"
    f" for each statement execute function directory_keep_documents($${services}$$)"
    for table, services in SOURCES.items()
    for command, rows in _ROWS.items()
]
FILL = "select directory_write_documents(array(select id from directory_service))"

TEXTS = """
create or replace function directory_texts(the_services bigint[])
returns table (service bigint, weight "char", language text, said text) language sql stable
set search_path = pg_catalog, pg_temp as $$
    with s as (select * from public.directory_service where id = any (the_services)),
    places as (
        select a.service_id, a.location_id, l.name, l.alternate_name, p.name as place
        from public.directory_serviceatlocation a join public.directory_location l on l.id = a.location_id
        left join public.territory_place p on p.id = l.place_id where a.service_id = any (the_services)
    )
    select s.id, 'A'::"char", 'fr', concat_ws(' . ', s.name, s.alternate_name) from s
    union all select s.id, 'C', 'fr',
        concat_ws(' . ', s.description, s.eligibility_description, s.application_process, s.alert) from s
    union all select s.id, 'B', 'fr', concat_ws(' . ', o.name, o.alternate_name)
        from s join public.directory_organisation o on o.id = s.organisation_id
    union all select s.id, 'B', l.language, l.label
        from s join public.directory_service_themes st on st.service_id = s.id
        join public.directory_theme t on t.id = st.theme_id
        cross join lateral (values ('fr', t.label_fr), ('en', t.label_en)) l(language, label)
    union all select s.id, 'B', 'fr', n.name
        from s join public.directory_attribute t on t.service_id = s.id
        join public.directory_taxonomyterm n on n.id = t.term_id
    union all select p.service_id, 'D', 'fr', concat_ws(' . ', p.name, p.alternate_name, p.place) from places p
    union all select s.id, 'D', 'fr', p.name
        from s join public.directory_organisation o on o.id = s.organisation_id
        join public.territory_place p on p.id = o.place_id
    union all select a.service_id, 'D', 'fr', concat_ws(' . ', a.name, a.description)
        from public.directory_servicearea a where a.service_id = any (the_services)
    union all select t.service_id, (case t.field when 'name' then 'A' else 'C' end)::"char", t.language, t.text
        from public.directory_translation t where t.service_id = any (the_services)
    union all select s.id, 'B', t.language, t.text
        from s join public.directory_translation t on t.organisation_id = s.organisation_id and t.field = 'name'
    union all select p.service_id, 'D', t.language, t.text
        from places p join public.directory_translation t on t.location_id = p.location_id and t.field = 'name'
$$
"""
STEMMED = f"""
create or replace function directory_stemmed(the_language text, said text) returns tsvector language sql immutable
set search_path = pg_catalog, pg_temp as $$
    select to_tsvector('public.directory_plain', said) || case the_language
        {" ".join(f"when '{code}' then to_tsvector('public.directory_{code}', said)" for code in LANGUAGES)}
        else '' end
$$
"""
WRITE = f"""
create or replace function directory_write_documents(the_services bigint[]) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into public.directory_servicedocument (service_id, words)
    select t.service, public.directory_joined(setweight(public.directory_stemmed(t.language, t.said), t.weight))
    from (
        select service, weight, language, string_agg(said, ' . ' order by said) as said
        from public.directory_texts(the_services) group by service, weight, language
        order by service, weight, language
    ) t
    group by t.service order by t.service
    on conflict (service_id) do update set words = excluded.words
        where directory_servicedocument.words is distinct from excluded.words;
    insert into public.directory_directoryword (word, plain)
    select w.word, public.unaccent('public.unaccent', w.word) from (
        select distinct lower(word) as word
        from public.directory_texts(the_services), regexp_split_to_table(said, '[^[:alpha:]]+') word
        where length(word) between {SHORTEST} and {LONGEST}
    ) w
    where not exists (select from public.directory_directoryword k where k.word = w.word)
    order by w.word
    on conflict (word) do nothing;
    delete from public.directory_servicedocument d where d.service_id = any (the_services)
        and not exists (select from public.directory_service s where s.id = d.service_id);
end $$
"""
KEEP = """
create or replace function directory_keep_documents() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    services bigint[];
    changed text := case tg_op when 'INSERT' then 'table new_rows' when 'DELETE' then 'table old_rows' else
        '(table new_rows except table old_rows) union all (table old_rows except table new_rows)' end;
begin
    execute format(
        'with changed as (%s) select array_agg(distinct service) from (%s) s(service) where service is not null',
        changed, tg_argv[0]
    ) into services;
    if services is not null then
        perform public.directory_write_documents(services);
    end if;
    return null;
end $$
"""
# What a phrase is looked for as, in any language: its words beside one another, by their stems or as they are written.
FORMS = f"""
create or replace function directory_forms(said text) returns setof text language sql immutable
set search_path = pg_catalog, pg_temp as $$
    select distinct query::text from (values
        (phraseto_tsquery('public.directory_plain', said)),
        {", ".join(f"(phraseto_tsquery('public.directory_{code}', said))" for code in LANGUAGES)}
    ) said_so(query) where query::text <> ''
$$
"""
# The same as one query; null without a word.
PHRASE = """
create or replace function directory_phrase(said text) returns tsquery language sql immutable
set search_path = pg_catalog, pg_temp as $$
    select string_agg(form, ' | ')::tsquery from public.directory_forms(said) form
$$
"""
# The word somebody meant who typed `asked`, without accents: one slip in a short word, two in a long one; two letters
# swapped are one. Only a word that some service bears now, of the directory or of `others`.
CORRECTED = f"""
create or replace function directory_corrected(asked text, others text[]) returns text language sql stable
set search_path = pg_catalog, pg_temp set pg_trgm.similarity_threshold = {ALIKE} as $$
    select k.word from (
        select word, plain from public.directory_directoryword where plain operator(public.%) asked
        union all select o, public.unaccent('public.unaccent', lower(o)) from unnest(others) o
    ) k
    cross join lateral (
        select public.levenshtein(asked, k.plain) - (
            length(asked) = length(k.plain) and translate(asked, k.plain, '') || translate(k.plain, asked, '') = ''
        )::int as slips
    ) l
    where abs(length(k.plain) - length(asked)) <= 2 and l.slips <= case when length(asked) > {SHORT} then 2 else 1 end
        and exists (select from public.directory_servicedocument d where d.words @@ public.directory_phrase(k.word))
    order by l.slips, left(k.plain, 1) <> left(asked, 1), public.similarity(asked, k.plain) desc, k.word limit 1
$$
"""
FUNCTIONS = (TEXTS, STEMMED, WRITE, KEEP, FORMS, PHRASE, CORRECTED)
OWNER_S_ALONE = ("directory_write_documents(bigint[])", "directory_keep_documents()")


def write_functions(using: str, **_: Any) -> None:
    """Write the functions, as the owner, after each migration."""
    with connections[using].cursor() as cursor:
        for text in FUNCTIONS:
            cursor.execute(text)
        for function in OWNER_S_ALONE:
            cursor.execute(f"revoke execute on function {function} from public")
