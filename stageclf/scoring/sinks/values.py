"""Values of the input's own columns, in forms that the formats of the output know."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

# Halves of surrogate pairs, which broken exports hold; no encoding of Unicode takes them.
_SURROGATES = re.compile("[\ud800-\udfff]")


def plain(value: Any) -> Any:
    """A value that JSON does not know, as text."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return str(value)


def as_json(value: Any) -> str:
    """One line of JSON; values that JSON does not know are texts in it, see `plain`, or null (NaN, infinity)."""
    try:
        return json.dumps(value, ensure_ascii=False, default=plain, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False, default=plain)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list) else value


def fitting(value: Any, kind: pa.DataType) -> Any:
    """A value for a typed column: anything becomes text where the column is text."""
    if value is None or not pa.types.is_string(kind) or isinstance(value, str):
        return value
    return as_json(value) if isinstance(value, (dict, list)) else plain(value)


def encoded(text: str) -> bytes:
    """UTF-8; lone surrogates become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode()


def without_surrogates(value: Any) -> Any:
    """The value with U+FFFD for every lone surrogate, however deep it is nested."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    return value
