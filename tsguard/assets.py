"""Where the files that ship with the program lie: inside the package, or in the checkout.

A wheel carries ``resources/`` and ``checklists/`` inside the package; in a checkout (an editable
install) they stand beside it. Nothing else looks for them.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    message = f"the program is incomplete: its folder {name} is missing"
    raise FileNotFoundError(message)


def resources() -> Path:
    """The folder of fonts, icons, styles, catalogues, manual and samples."""
    return _folder("resources")


def checklists() -> Path:
    """The folder of the shipped content: modules, programmes, legal library, parameters."""
    return _folder("checklists")
