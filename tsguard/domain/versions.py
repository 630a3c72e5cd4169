"""Versions of content: ``2026.11``, ``1.10``. Knows which of two is older, as far as one can."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]+")


def older(version: str, than: str) -> bool:
    """Whether a version is surely older than another, by their numbers from left to right.

    ``1.9`` is older than ``1.10``, ``1`` and ``1.0`` are the same. Where one has no numbers nobody knows.
    """
    one, other = _numbers(version), _numbers(than)
    return bool(one and other) and one < other


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(each[:18]) for each in _NUMBER.findall(version)]
    last = max((place for place, number in enumerate(found) if number), default=0)
    return tuple(found[: last + 1])
