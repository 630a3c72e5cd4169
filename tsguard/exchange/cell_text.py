"""What stands in a cell, as the text that a person typed or sees there; and which texts a cell can carry."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

LONGEST = 32_767
"""Characters of a cell; no spreadsheet takes more."""

_LONGEST_FORMAT = 255
_DIGITS = re.compile(r"-?[0-9]{1,30}", re.ASCII)
_MOST_DIGITS = 30
_QUOTED = re.compile(r"\"[^\"]*\"|\\.")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cell_text(value: object) -> str:
    r"""A cell's value as the text that a person meant, without what can't be seen.

    Whole numbers lose their point (4.0 is 4), dates are YYYY-MM-DD and keep their time where they have
    one, line breaks are ``\\n``, an apostrophe in front (a mark for text) and blanks at either end are
    dropped.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _plain(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _clock(value.hour, value.minute, value.second)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return _clock(*divmod(minutes, 60), seconds)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    seen = "".join(
        character
        for character in text
        if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )
    lines = (line.strip() for line in seen.strip().removeprefix("'").split("\n"))
    return "\n".join(line for line in lines if line)


def number_text(raw: str, number_format: str, *, since_1904: bool = False) -> str:
    """A number as its cell shows it: a day, a time, a percentage, or its digits as they were typed.

    Args:
        raw: As the file has it.
        number_format: The cell's, such as ``yyyy-mm-dd`` or ``0%``.
        since_1904: Whether the workbook counts days from 1904.
    """
    try:
        value = float(raw)
    except ValueError:
        return cell_text(raw)
    if not math.isfinite(value):
        return cell_text(raw)
    if len(number_format) <= _LONGEST_FORMAT:
        dated = _dated(value, number_format, since_1904=since_1904)
        if dated is not None:
            return cell_text(dated)
        if "%" in _QUOTED.sub("", number_format.partition(";")[0]):
            return f"{_plain(value, times=100)}%"
    return str(int(raw)) if _DIGITS.fullmatch(raw) else _plain(value)


def unescaped(text: str) -> str:
    """A text of the file with its escapes resolved: ``_x000D_`` is a carriage return."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def storable(text: str) -> str:
    """A text that a cell can carry: U+FFFD for what XML has no place for; nothing looks like an escape."""
    return _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("\ufffd", text))


def _plain(value: float, times: int = 1) -> str:
    """Digits without an exponent, as many as tell the number from its neighbours."""
    if not math.isfinite(value):
        return str(value)
    exact = (Decimal(repr(value)) * times).normalize()
    if abs(exact.adjusted()) > _MOST_DIGITS:
        return str(value)
    return f"{exact:f}" if exact else "0"


def _dated(value: float, number_format: str, *, since_1904: bool) -> datetime | time | timedelta | None:
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format  # noqa: PLC0415 - start-up time
    from openpyxl.utils.datetime import (  # noqa: PLC0415 - start-up time
        CALENDAR_MAC_1904,
        CALENDAR_WINDOWS_1900,
        from_excel,
    )

    if not is_date_format(number_format):
        return None
    epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    try:
        made: datetime | time | timedelta = from_excel(value, epoch, is_timedelta_format(number_format))
    except (OverflowError, ValueError):
        return None
    return made


def _moment(value: datetime) -> str:
    if value.microsecond >= 500_000 and value < datetime.max - timedelta(seconds=1):
        value += timedelta(seconds=1)
    day = value.date().isoformat()
    passed = value.time().replace(microsecond=0, tzinfo=None)
    return f"{day} {_clock(passed.hour, passed.minute, passed.second)}" if passed != time() else day


def _clock(hours: int, minutes: int, seconds: int) -> str:
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
