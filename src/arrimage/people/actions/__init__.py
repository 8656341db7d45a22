"""Writes of people. Those of `households` are called by actions that have checked rights already."""

from arrimage.people.actions.households import NewMember, add_members, record_households, record_persons

__all__ = ["NewMember", "add_members", "record_households", "record_persons"]
