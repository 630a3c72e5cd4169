"""A day as an option."""

from __future__ import annotations

from datetime import date

import click

from tsguard.i18n import _
from tsguard.services.visible import visible


def day_option(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    """A callback: a day as YYYY-MM-DD, of a time that a vault or a report can be from.

    Raises:
        BadParameter: It is none.
    """
    if value is None:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = date.min
    if not (value.isascii() and len(value) == len("YYYY-MM-DD") and 1900 <= found.year < 3000):
        raise click.BadParameter(_("“{value}”不是YYYY-MM-DD的日期。").format(value=visible(value)))
    return found
