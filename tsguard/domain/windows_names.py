"""File names that Windows takes for something else, or not at all.

The rules are Microsoft's "Naming Files, Paths, and Namespaces"
(learn.microsoft.com/windows/win32/fileio/naming-a-file). Windows 11 takes a few more names than older ones;
a file with such a name could not be carried to those. It must not look at any file.
"""

from __future__ import annotations

FORBIDDEN = frozenset('\\/:*?"<>|')
"""Characters that no name holds. A colon is worse than refused: what is written goes into a hidden part
of another file."""

_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}) | {
    f"{port}{digit}"
    for port in ("COM", "LPT")
    for digit in "123456789\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}"
}


def is_device(name: str) -> bool:
    """Whether a file's name means a device, whatever follows its first dot."""
    return name.partition(".")[0].rstrip(" ").upper() in _DEVICES


def is_refused(name: str) -> bool:
    """Whether no file of that name can be made, or one of another name would be.

    Args:
        name: The last part of a path.
    """
    return (
        is_device(name)
        or name.endswith((" ", "."))
        or any(character in FORBIDDEN or character < " " for character in name)
    )
