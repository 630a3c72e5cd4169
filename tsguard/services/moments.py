"""Moments as a clock on the wall shows them."""

from __future__ import annotations

from datetime import datetime


def moment_text(when: datetime) -> str:
    """``2026-11-23 10:15`` in local time."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"
