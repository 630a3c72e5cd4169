"""File names that every file system takes, made from any text."""

from __future__ import annotations

_FORBIDDEN = set('\\/:*?"<>|')
_WINDOWS_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{digit}"
    for port in ("COM", "LPT")
    for digit in "123456789\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}"
}
_LONGEST_STEM = 80
_LONGEST_STEM_BYTES = 180
"""Ext4 and others allow 255 bytes a name; Chinese takes three a character."""


def safe_stem(text: str) -> str:
    """A file name's stem from any text: path characters become ``_``, the length is bounded.

    Han characters stay; control characters, trailing dots and blanks go; nothing left is ``未命名``.
    """
    kept = "".join(
        "_" if character in _FORBIDDEN else character for character in text if character.isprintable()
    )
    kept = kept.strip(" .")[:_LONGEST_STEM]
    while len(kept.encode("utf-8", "ignore")) > _LONGEST_STEM_BYTES:
        kept = kept[:-1]
    kept = kept.encode("utf-8", "ignore").decode().strip(" .")
    if kept.partition(".")[0].rstrip(" ").upper() in _WINDOWS_DEVICES:
        kept = f"_{kept}"
    return kept or "未命名"
