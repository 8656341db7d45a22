"""How much each part of the score counts, and where each halves. Everything that can be tuned is here."""

from arrimage.directory.choosing.enums import Kind

# The share of each part in the total, among those that are known.
WEIGHTS: dict[Kind, int] = {
    Kind.LANGUAGE: 3,
    Kind.DELAY: 3,
    Kind.DISTANCE: 2,
    Kind.COMPLETION: 2,
    Kind.PREFERENCE: 2,
}

# What being served in the person's own language is worth, down to bringing an interpreter along.
OWN_LANGUAGE = 1.0
OTHER_LANGUAGE = 0.8
WITH_INTERPRETER = 0.6
NOT_OFFERED = 0.2

HALVING_KM = 10.0  # at this distance, the part is worth one half
HALVING_DAYS = 30.0  # at this delay too

# A service without a past is judged as this many average cases of its theme would be.
PRIOR_CASES = 10
# A share is told from this many cases on: fewer would say what became of persons one can name.
CASES_TO_SAY = 10

CONSIDERED = 300  # services ranked for a need, those of the region first
