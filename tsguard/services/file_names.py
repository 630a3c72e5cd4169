"""File names that every file system takes, made from any text."""

from __future__ import annotations

from tsguard.domain.windows_names import FORBIDDEN, is_device

_LONGEST_STEM = 80
_LONGEST_STEM_BYTES = 180
"""Ext4 and others allow 255 bytes a name; Chinese takes three a character."""


def safe_stem(text: str, tail: str = "") -> str:
    """A file name's stem from any text: path characters become ``_``, the length is bounded.

    Han characters stay; control characters, trailing dots and blanks go; nothing left is ``未命名``.

    Args:
        text: Cut where it is too long.
        tail: Follows it and is never cut, so that names that differ in it alone stay different; a short one.
    """
    end = _allowed(tail).rstrip(" .")
    kept = _allowed(text).strip(" .")[: max(0, _LONGEST_STEM - len(end))]
    room = _LONGEST_STEM_BYTES - len(end.encode())
    while kept and len(kept.encode()) > room:
        kept = kept[:-1]
    kept = kept.strip(" .")
    if is_device(f"{kept}{end}"):
        kept = f"_{kept}"
    return (kept or "未命名") + end


def _allowed(text: str) -> str:
    return "".join(
        "_" if character in FORBIDDEN else character for character in text if character.isprintable()
    )
