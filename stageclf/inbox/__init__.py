"""Export files as streams of records: one reader a format, one registry."""

from stageclf.inbox.read import Reading, read
from stageclf.inbox.record import EMPTY, OK, UNREADABLE, InputError, ReadOptions, ReadReport, Record
from stageclf.inbox.registry import BY_ENDING, open_reader

__all__ = [
    "BY_ENDING",
    "EMPTY",
    "OK",
    "UNREADABLE",
    "InputError",
    "ReadOptions",
    "ReadReport",
    "Reading",
    "Record",
    "open_reader",
    "read",
]
