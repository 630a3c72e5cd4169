"""Values to JSON and back, the same bytes for the same value.

The vault stores frozen checklists this way, the journal hashes it, and a hostile file can do no more
here than raise ``ValueError``.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def to_json(value: Any) -> bytes:
    """Canonical JSON: UTF-8, keys in order, no white space."""
    return msgspec.json.encode(value, order="deterministic")


def from_json(kind: type[T], data: bytes | str) -> T:
    """The value that ``to_json`` wrote.

    Raises:
        ValueError: The data are not JSON of that shape.
    """
    return msgspec.json.decode(data, type=kind)


def to_plain(value: Any) -> Any:
    """Dicts, lists, strings and numbers for a value; dates as ISO strings."""
    return msgspec.to_builtins(value)


def from_plain(kind: type[T], plain: Any) -> T:
    """The value of a kind from plain data as a database gives it (0 and 1 for booleans).

    Raises:
        ValueError: The data have another shape.
    """
    return msgspec.convert(plain, kind, strict=False)
