"""How a cell becomes a value. Each function returns a parser, or is one, for a `Column`.

A parser takes a text (CSV) or a native value of XLSX, never an empty cell, and raises `InvalidInput` with a sentence
a person can act on. Parsers are pure: the same cell always gives the same value.
"""

from arrimage.foundation.imports.parse.basics import boolean, choice, digits, exported, integer, many, text, uuid
from arrimage.foundation.imports.parse.contacts import email, neq, phone, postal_code, url
from arrimage.foundation.imports.parse.dates import date, date_between, moment, time
from arrimage.foundation.imports.parse.numbers import decimal, money
from arrimage.foundation.imports.parse.world import country, language

__all__ = [
    "boolean",
    "choice",
    "country",
    "date",
    "date_between",
    "decimal",
    "digits",
    "email",
    "exported",
    "integer",
    "language",
    "many",
    "moment",
    "money",
    "neq",
    "phone",
    "postal_code",
    "text",
    "time",
    "url",
    "uuid",
]
