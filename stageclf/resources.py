"""Where the files that ship with the package are: inside the wheel, or in a checkout of the repository."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(name: str) -> Path:
    """The path of a shipped folder, such as "models/default" or "data/train".

    Raises FileNotFoundError, naming both places, where the installation is incomplete.
    """
    places = (_PACKAGE / "_resources" / name, _PACKAGE.parent / name)
    for place in places:
        if place.exists():
            return place
    raise FileNotFoundError(
        f"{name} is missing from this installation of stageclf; looked in {places[0]} and {places[1]}. "
        "Reinstall the package, or clone the whole repository."
    )
