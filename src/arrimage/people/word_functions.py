"""What the database knows of the words of names: how a word sounds, which words it may be mistaken for, which it holds.

`people_nameword` is the dictionary of the words that persons' names are made of (`Person.search_key`), kept by triggers
on each statement, bulk or not. A search corrects the words it is given against it, then looks for exact words: a few
tens of thousands of words stand for a million names. Each word bears:

- `fold`: the word as it is heard, whatever the romanisation (`muhammad`, `mohamed`: `muhamad`, `muhamid`);
- `sounds`: its consonants alone, in classes; several where a letter is read in several ways (`x`, `j`, `ch`, …);
- `traces`: what it has in common with the words it may be mistaken for: its sounds, those less one, and its first
  letters less one or two (deletion neighbourhoods: two words one slip apart share one).

A word nobody bears any more stays a day or two (`FORGET`), so that writing names takes no lock on common words.
"""

from typing import Any

from django.db import connections

FIRST_LETTERS = 7  # a slip is looked for in the beginning of a word: it bounds what is kept of each

# Ways to read the same letters: pattern, and what it may stand for. Classes come after: see people_name_sounds.
_READINGS = (
    ("ch", ("ch", "k")),
    ("q", ("k", "ch")),
    ("x", ("ks", "ch")),
    ("j", ("ch", "k", "y")),
    ("w", ("v", "")),
    ("^c(?=[aou])", ("k", "ts")),
    ("g(?=[ei])", ("g", "ch")),
    ("^r(?=[aeiou]{1,3}n?g?$)", ("r", "ch")),
    ("^[ae]?l(?=[^aeiouyl])", ("l", "")),
)
FOLD = r"""
create or replace function people_name_fold(the_word text) returns text language plpgsql immutable parallel safe strict
set search_path = pg_catalog as $$
declare
    heard text := the_word;
begin
    heard := regexp_replace(heard, 'tzsch|tsch|shch|sch|tch|dzh|dj|zh|sh|ch|cz|hs|j', 'C', 'g');
    heard := regexp_replace(heard, '^x', 'C');
    heard := replace(heard, 'x', 'ks');
    heard := replace(heard, 'ph', 'f');
    heard := regexp_replace(heard, 'kh|gh(?![ei])|ck|q', 'k', 'g');
    heard := regexp_replace(heard, 'ts|tz|z|c(?=[eiy])', 's', 'g');
    heard := replace(heard, 'c', 'k');
    heard := regexp_replace(heard, '^ou(?=[aei])|w', 'v', 'g');
    heard := regexp_replace(heard, 'ff?$', 'v');
    heard := regexp_replace(heard, 'ou|oo|o', 'u', 'g');
    heard := regexp_replace(heard, 'e[iy]|a[iy](?=[^aeiou]|$)|ee|e|y', 'i', 'g');
    heard := replace(heard, 'h', '');
    return regexp_replace(heard, '(.)\1+', '\1', 'g');
end $$
"""
# Chinese syllables, alike in pinyin and as Wade and Giles wrote them (their apostrophes are seldom typed).
SYLLABLE = r"(?:zh|ch|sh|hs|ts|tz|ss|[bpmfdtnlgkhjqxrzcsyw])?[aeiou]{1,3}(?:ng|n|r|h)?"
CHINESE = rf"""
create or replace function people_chinese_sound(the_word text) returns text language plpgsql immutable parallel safe
strict set search_path = pg_catalog as $$
declare
    heard text := the_word;
begin
    if the_word !~ '^({SYLLABLE}){{1,2}}$' then
        return null;
    end if;
    heard := replace(replace(heard, 'tzu', 'zi'), 'ssu', 'si');
    heard := regexp_replace(heard, 'tz|ts|c(?!h)', 'z', 'g');
    heard := replace(heard, 'hs', 'x');
    heard := regexp_replace(heard, 'ch|zh|q|r(?=[aeiou])', 'j', 'g');
    heard := regexp_replace(heard, 'ng(?=u[oai])', 'nk', 'g');
    heard := regexp_replace(heard, '(?<!n)g(?=[aeiou])', 'k', 'g');
    heard := translate(heard, 'bd', 'pt');
    heard := regexp_replace(heard, '([aeiou])h', '\1', 'g');
    heard := replace(heard, 'ong', 'ung');
    heard := regexp_replace(heard, '([iy])an(?!g)', '\1en', 'g');
    heard := replace(replace(heard, 'uo', 'o'), 'uei', 'ui');
    heard := replace(replace(heard, 'you', 'yu'), 'yi', 'i');
    return regexp_replace(heard, '([kht])e(?![nirau])', '\1o', 'g');
end $$
"""
SOUNDS = rf"""
create or replace function people_name_sounds(the_word text) returns text[] language plpgsql immutable parallel safe
strict set search_path = pg_catalog, pg_temp as $$
declare
    readings text[] := array[the_word];
    letters text[] := array[{", ".join(f"'{pattern}'" for pattern, _ in _READINGS)}];
    meant text[] := array[{", ".join(f"'{'|'.join(ways)}'" for _, ways in _READINGS)}];
    sounds text[] := '{{}}';
    reading text;
    place int;
begin
    for place in 1 .. array_length(letters, 1) loop
        if the_word ~ letters[place] and array_length(readings, 1) < 12 then
            readings := array(
                select distinct regexp_replace(r, letters[place], w, 'g')
                from unnest(readings) r, unnest(string_to_array(meant[place], '|')) w
            );
        end if;
    end loop;
    foreach reading in array readings || the_word loop
        reading := translate(regexp_replace(public.people_name_fold(reading), 'ng$', 'n'), 'Cbdgvaiu', 'sptkf');
        sounds := sounds || regexp_replace(reading, '(.)\1+', '\1', 'g');
    end loop;
    return array(
        select distinct case s when '' then '-' else s end from unnest(sounds) s
        union all select '#' || c from public.people_chinese_sound(the_word) c where c is not null
    );
end $$
"""
LESS_ONE = r"""
create or replace function people_less_one(the_words text[]) returns text[] language sql immutable parallel safe strict
set search_path = pg_catalog as $$
    select coalesce(array_agg(distinct left(w, n - 1) || substr(w, n + 1)), '{}')
    from unnest(the_words) w, generate_series(1, length(w)) n where length(w) >= 3
$$
"""
TRACES = rf"""
create or replace function people_name_traces(the_word text, the_sounds text[]) returns text[] language plpgsql
immutable parallel safe strict set search_path = pg_catalog, pg_temp as $$
declare
    beginning text[] := array[left(the_word, {FIRST_LETTERS})];
    once text[] := public.people_less_one(beginning);
    twice text[] := case when length(the_word) >= 5 then public.people_less_one(once) else '{{}}' end;
begin
    return array(
        select distinct '=' || s from unnest(the_sounds || public.people_less_one(
            array(select s from unnest(the_sounds) s where length(s) >= 4 and s !~ '^#')
        )) s
        union select distinct w from unnest(beginning || once || twice) w
    );
end $$
"""
# One letter for another, one more, one less, two swapped: each is one slip.
LIKENESS = r"""
create or replace function people_name_likeness(
    asked text, asked_fold text, word text, fold text,
    same_sounds boolean, both_syllables boolean, same_syllables boolean
) returns real language plpgsql immutable parallel safe strict set search_path = pg_catalog, pg_temp as $$
declare
    slips int := public.levenshtein(asked, word);
    likeness real;
begin
    if slips between 2 and 3 and length(asked) = length(word) and translate(asked, word, '') = ''
        and translate(word, asked, '') = '' then
        slips := slips - 1;
    end if;
    likeness := greatest(
        1 - slips::real / greatest(length(asked), length(word)),
        0.93 - public.levenshtein(asked_fold, fold)::real / greatest(length(asked_fold), length(fold), 1)
    );
    if same_sounds and length(asked) >= 3 and length(word) >= 3 then
        -- Scripts without vowels say their consonants alone.
        likeness := greatest(likeness, 0.55 + 0.4 * likeness,
            case when asked !~ '[aeiou]' or word !~ '[aeiou]' then 0.85 end);
    end if;
    if same_syllables then
        likeness := greatest(likeness, 0.95);
    elsif both_syllables then
        likeness := least(likeness, 0.8);
    end if;
    return likeness;
end $$
"""
# The words of the dictionary that somebody who typed `asked` may have meant, the likest first.
WORDS_LIKE = r"""
create or replace function people_words_like(asked text, the_most int) returns table (word text, likes real)
language plpgsql stable strict security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
    its_fold text := public.people_name_fold(asked);
    its_sounds text[] := public.people_name_sounds(asked);
    its_traces text[] := public.people_name_traces(asked, its_sounds);
    its_syllables text[] := array(select s from unnest(its_sounds) s where s like '#%');
    its_long_sounds text[] := array(select s from unnest(its_sounds) s where length(s) >= 2);
begin
    return query
        select k.word::text, public.people_name_likeness(
            asked, its_fold, k.word, k.fold, k.same,
            its_syllables <> '{}' and k.sounds::text ~ '#', its_syllables && k.sounds
        ) as likes
        from (
            select w.word, w.fold, w.sounds, w.sounds && its_long_sounds as same
            from public.people_nameword w where w.traces && its_traces
            order by least(public.levenshtein(asked, w.word), public.levenshtein(its_fold, w.fold))
                - (w.sounds && its_sounds)::int - (its_syllables && w.sounds)::int, w.word
            limit 2 * the_most
        ) k
        order by 2 desc, 1 limit the_most;
end $$
"""
KEEP_WORDS = """
create or replace function people_keep_words() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    words text[];
begin
    if tg_op = 'INSERT' then
        words := array(select distinct unnest(string_to_array(n.search_key, ' ')) from new_rows n);
    else
        words := array(
            select distinct unnest(string_to_array(n.search_key, ' ')) from new_rows n join old_rows o using (id)
            where n.search_key is distinct from o.search_key
        );
    end if;
    if words <> '{}' then
        perform public.people_learn_words(words);
    end if;
    return null;
end $$
"""
# Marks are taken off first: a word that was being forgotten is then seen as missing, and written again.
LEARN = """
create or replace function people_learn_words(the_words text[]) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.people_nameword set unused_since = null where word = any (the_words) and unused_since is not null;
    insert into public.people_nameword (word, fold, sounds, traces)
    select n.word, public.people_name_fold(n.word), n.sounds, public.people_name_traces(n.word, n.sounds)
    from (
        select w as word, public.people_name_sounds(w) as sounds from unnest(the_words) w
        where w <> '' and not exists (select from public.people_nameword k where k.word = w)
        order by w
    ) n
    on conflict (word) do nothing;
end $$
"""
# Forgotten a day after it was seen that nobody bears it: whoever was writing it meanwhile has ended.
FORGET = """
create or replace function people_forget_words() returns bigint language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    forgotten bigint;
begin
    delete from public.people_nameword k where k.unused_since < now() - interval '1 day' and not exists (
        select from public.people_person p
        where to_tsvector('simple', p.search_key) @@ k.word::tsquery
    );
    get diagnostics forgotten = row_count;
    update public.people_nameword k set unused_since = now() where k.unused_since is null and not exists (
        select from public.people_person p
        where to_tsvector('simple', p.search_key) @@ k.word::tsquery
    );
    return forgotten;
end $$
"""
FUNCTIONS = (FOLD, CHINESE, SOUNDS, LESS_ONE, TRACES, LIKENESS, WORDS_LIKE, LEARN, KEEP_WORDS, FORGET)
OWNER_S_ALONE = (
    "people_words_like(text, integer)",
    "people_learn_words(text[])",
    "people_keep_words()",
    "people_forget_words()",
)
TRIGGERS = """
create or replace trigger keep_words_insert after insert on people_person referencing new table as new_rows
for each statement execute function people_keep_words();
create or replace trigger keep_words_update after update on people_person
referencing old table as old_rows new table as new_rows for each statement execute function people_keep_words();
"""


def write_word_functions(using: str, **_: Any) -> None:
    """Write the functions, as the owner, after each migration."""
    with connections[using].cursor() as cursor:
        for text in FUNCTIONS:
            cursor.execute(text)
        for function in OWNER_S_ALONE:
            cursor.execute(f"revoke execute on function {function} from public")
