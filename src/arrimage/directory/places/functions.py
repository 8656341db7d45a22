"""The only writers of holds, as functions of the database, called in the transaction of what they follow from.

Each locks the row of places first: counts read after it are true until the transaction ends. They run as the owner:
whoever answers a referral gives places to persons they never see.
"""

_HEADER = "language plpgsql security definer set search_path = public, pg_temp"

# Those who wait get the free places: those given priority in the order it was given, then in the order they asked.
LET_IN = f"""
create or replace function directory_let_in(the_places bigint) returns void {_HEADER} as $$
declare
    free integer;
    entered integer;
begin
    select capacity - taken - taken_by_referrals - held into free
    from directory_serviceplaces where id = the_places for update;
    with entering as (
        select id from directory_placehold where places_id = the_places and status = 'waiting'
        order by priority_at, id limit greatest(free, 0)
    ), moved as (
        update directory_placehold set status = 'held', held_at = now()
        where id in (select id from entering) returning 1
    )
    select count(*) into entered from moved;
    if entered > 0 then
        update directory_serviceplaces set held = held + entered where id = the_places;
    end if;
end $$
"""

# At the location that was chosen (the uid of the service there), if the service is still there; else where the most are
# free, once those who wait are served. Nowhere when no places are counted there.
ASK = f"""
create or replace function directory_ask_place(the_holder uuid, the_service bigint, the_location uuid)
returns void {_HEADER} as $$
declare
    chosen bigint;
    only_at bigint := (
        select id from directory_serviceatlocation where uid = the_location and service_id = the_service
    );
begin
    perform from directory_serviceplaces p join directory_serviceatlocation l on l.id = p.service_at_location_id
    where l.service_id = the_service order by p.id for update of p;
    select p.id into chosen
    from directory_serviceplaces p join directory_serviceatlocation l on l.id = p.service_at_location_id
    where l.service_id = the_service and (only_at is null or l.id = only_at)
    order by p.capacity - p.taken - p.taken_by_referrals - p.held - (
        select count(*) from directory_placehold h where h.places_id = p.id and h.status = 'waiting'
    ) desc, p.id
    limit 1;
    if chosen is null then
        return;
    end if;
    insert into directory_placehold (uid, created_at, updated_at, version, places_id, holder, status, asked_at)
    values (gen_random_uuid(), now(), now(), 1, chosen, the_holder, 'waiting', clock_timestamp());
    perform directory_let_in(chosen);
end $$
"""

TAKE = f"""
create or replace function directory_take_place(the_holder uuid) returns void {_HEADER} as $$
declare
    hold record;
begin
    perform from directory_serviceplaces where id in (
        select places_id from directory_placehold where holder = the_holder and ended_at is null
    ) for update;
    select id, places_id, status into hold from directory_placehold where holder = the_holder and ended_at is null;
    if hold.status = 'waiting' then
        raise exception 'no place is free for this holder' using errcode = 'check_violation',
            constraint = 'places_none_free';
    elsif hold.status = 'held' then
        update directory_placehold set status = 'taken' where id = hold.id;
        update directory_serviceplaces set held = held - 1, taken_by_referrals = taken_by_referrals + 1
        where id = hold.places_id;
    end if;
end $$
"""

GIVE_BACK = f"""
create or replace function directory_give_back_place(the_holder uuid) returns void {_HEADER} as $$
declare
    hold record;
begin
    perform from directory_serviceplaces where id in (
        select places_id from directory_placehold where holder = the_holder and ended_at is null
    ) for update;
    select id, places_id, status into hold from directory_placehold where holder = the_holder and ended_at is null;
    if hold.id is null then
        return;
    end if;
    update directory_placehold set status = 'given_back', ended_at = now() where id = hold.id;
    update directory_serviceplaces set
        held = held - (hold.status = 'held')::integer,
        taken_by_referrals = taken_by_referrals - (hold.status = 'taken')::integer
    where id = hold.places_id;
    perform directory_let_in(hold.places_id);
end $$
"""

# Before the others of the line, for a reason; in its rank again without one. Nothing for who does not wait.
PUT_FIRST = f"""
create or replace function directory_put_first(the_holder uuid, the_reason text, the_name text) returns boolean
{_HEADER} as $$
begin
    perform from directory_serviceplaces where id in (
        select places_id from directory_placehold where holder = the_holder and ended_at is null
    ) for update;
    update directory_placehold set
        priority_at = case when the_reason <> '' then clock_timestamp() end,
        priority_by = case when the_reason <> '' then the_name else '' end,
        priority_reason = the_reason
    where holder = the_holder and status = 'waiting';
    return found;
end $$
"""

# Two rows of places become one, for a service that was written twice: who held or waited keeps their turn. The capacity
# of the one that stays is raised to what is taken and held, if it must.
JOIN = f"""
create or replace function directory_join_places(the_gone bigint, the_kept bigint) returns void {_HEADER} as $$
declare
    gone record;
begin
    perform from directory_serviceplaces where id in (the_gone, the_kept) order by id for update;
    select taken_by_referrals, held into gone from directory_serviceplaces where id = the_gone;
    update directory_placehold set places_id = the_kept where places_id = the_gone;
    update directory_placesadjustment set places_id = the_kept where places_id = the_gone;
    update directory_serviceplaces set taken_by_referrals = 0, held = 0 where id = the_gone;
    update directory_serviceplaces set
        capacity = greatest(capacity, taken + taken_by_referrals + held + gone.taken_by_referrals + gone.held),
        taken_by_referrals = taken_by_referrals + gone.taken_by_referrals, held = held + gone.held
    where id = the_kept;
end $$
"""

FUNCTIONS = {
    "directory_let_in": LET_IN,
    "directory_ask_place": ASK,
    "directory_take_place": TAKE,
    "directory_give_back_place": GIVE_BACK,
    "directory_put_first": PUT_FIRST,
    "directory_join_places": JOIN,
}
