"""The roster's way in: read_table -> guess (or override) -> check -> Importer.apply. Nothing here needs a window."""

from checkin.roster.checking import Preview, check
from checkin.roster.fields import FIELDS, Ambiguity, Mapping, guess, override
from checkin.roster.importer import Importer, ImportResult
from checkin.roster.problems import Problem
from checkin.roster.reading import read_table
from checkin.roster.table import Row, Table

__all__ = [
    "FIELDS",
    "Ambiguity",
    "ImportResult",
    "Importer",
    "Mapping",
    "Preview",
    "Problem",
    "Row",
    "Table",
    "check",
    "guess",
    "override",
    "read_table",
]
