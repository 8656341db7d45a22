"""The load of a team: who has what in hand, who is away, what changes hands."""
