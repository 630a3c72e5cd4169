"""Moments as a clock on the wall shows them."""

from __future__ import annotations

from datetime import datetime


def moment_text(when: datetime) -> str:
    """``2026-11-23 10:15`` in local time."""
    return f"{local(when):%Y-%m-%d %H:%M}"


def local(when: datetime) -> datetime:
    """A moment in local time; as it was given where the system's calendar does not know the year.

    Windows' knows none before 1970 and after 3000, and other people's files may say anything.
    """
    try:
        return when.astimezone()
    except (OSError, OverflowError, ValueError):
        return when
