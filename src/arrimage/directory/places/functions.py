"""The only writers of holds, as functions of the database, called in the transaction of what they follow from.

Each locks the row of places first: counts read after it are true until the transaction ends. They run as the owner:
whoever answers a referral gives places to persons they never see.
"""

_HEADER = "language plpgsql security definer set search_path = public, pg_temp"

# Those who wait get the free places, in the order they asked.
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
        order by id limit greatest(free, 0)
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

FUNCTIONS = {
    "directory_let_in": LET_IN,
    "directory_ask_place": ASK,
    "directory_take_place": TAKE,
    "directory_give_back_place": GIVE_BACK,
}
