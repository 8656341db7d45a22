"""Writes of people. Those of `households` are called by actions that have checked rights already."""

from arrimage.people.actions.details import add_details, change_status, edit_details, remove_detail
from arrimage.people.actions.household_life import (
    ReadHousehold,
    correct_member,
    join_household,
    merge_households,
    split_household,
    start_household,
)
from arrimage.people.actions.households import NewMember, add_members, record_households, record_persons
from arrimage.people.actions.identifiers import NewIdentifier, record_identifiers, remove_identifier, reveal_identifier
from arrimage.people.actions.links import link_persons, unlink_persons
from arrimage.people.actions.persons import edit_person, use_name

__all__ = [
    "NewIdentifier",
    "NewMember",
    "ReadHousehold",
    "add_details",
    "add_members",
    "change_status",
    "correct_member",
    "edit_details",
    "edit_person",
    "join_household",
    "link_persons",
    "merge_households",
    "record_households",
    "record_identifiers",
    "record_persons",
    "remove_detail",
    "remove_identifier",
    "reveal_identifier",
    "split_household",
    "start_household",
    "unlink_persons",
    "use_name",
]
