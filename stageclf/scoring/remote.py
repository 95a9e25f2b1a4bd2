"""Addresses such as s3://bucket/file, by way of fsspec."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from stageclf.extras import require

# What fsspec needs besides itself, by the beginning of the address; the extra `remote` has them all.
_NEEDS = {
    **dict.fromkeys(("s3", "s3a"), "s3fs"),
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("az", "abfs", "abfss", "adl"), "adlfs"),
    **dict.fromkeys(("http", "https"), "aiohttp"),
}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")


def is_address(name: str | Path) -> bool:
    """Whether a name is an address for fsspec, such as s3://…, file:///… or zip::…; a Path never is."""
    return isinstance(name, str) and bool(_ADDRESS.match(name))


def local_path(address: str) -> Path | None:
    """The path that a file:// address stands for; None for other addresses."""
    scheme, place, path, *_ = urlsplit(address)
    return Path(unquote(path)) if scheme in ("file", "local") and place in ("", "localhost") else None


def filesystem_of(address: str, error_type: type[ValueError]) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it.

    Raises MissingExtraError with the pip line where a package is missing, `error_type` for unknown addresses.
    """
    protocol = address.partition("://")[0]
    for module in filter(None, ("fsspec", _NEEDS.get(protocol))):
        require(module, "remote")
    import fsspec

    try:
        return fsspec.core.url_to_fs(address)
    except Exception as error:
        raise error_type(f"{address} cannot be used: {type(error).__name__}: {error}") from error
