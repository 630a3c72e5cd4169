"""Typed lines such as ``17 1 备注`` to the rows of a sheet, each with its code; ``worksheet`` reads them.

A line ``表号 7KQ2MX`` says which sheet the lines after it come from, until another one says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tsguard.domain.width import half_width
from tsguard.domain.worksheet import RowFault, TypedRow, TypedSheet, is_number

_LINE = re.compile(
    r"\s*([-+‐‑‒–—―−－＋﹣]\d+|\w+(?:[-‐‑‒–—―−－﹣]\w+)?)(?:[\s.,:;、，．。：；)）]+|(?=\W)|$)(.*)", re.DOTALL
)
_WORD = re.compile(r"([^\s,:;、，：；]+)[\s,:;、，：；]*(.*)", re.DOTALL)
_CODE_LINE = re.compile(r"\s*(?:表号|SHEET)\s*(?:[:：]\s*)?(\S+)\s*", re.IGNORECASE)


def rows_of_text(text: str, code: str = "") -> TypedSheet:
    """Typed lines such as ``17 1 备注`` or ``HRM-05 部分``.

    Args:
        text: A line that begins with ``#`` is a remark.
        code: The code of the lines before the first one that gives a code.
    """
    rows = []
    for place, each in enumerate(text.splitlines(), 1):
        if not each.strip() or each.lstrip().startswith("#"):
            continue
        named = _CODE_LINE.fullmatch(each)
        if named:
            code = named[1]
        else:
            rows.append(_row_of_line(place, each, code))
    return sheet_of(rows, code)


def sheet_of(rows: Iterable[TypedRow], code: str) -> TypedSheet:
    """Rows that each say their code as one sheet.

    Args:
        rows: In order.
        code: The sheet's where there are no rows.
    """
    listed = tuple(rows)
    codes = {row.code or "" for row in listed} or {code}
    if len(codes) > 1:
        return TypedSheet("", listed)
    return TypedSheet(codes.pop(), tuple(replace(row, code=None) for row in listed))


def _row_of_line(place: int, text: str, code: str) -> TypedRow:
    found = _LINE.fullmatch(text)
    if found is None:
        return TypedRow(place, item=text.strip(), fault=RowFault.NO_ITEM, code=code)
    key, rest = found.groups()
    word = _WORD.fullmatch(rest)
    verdict, note = (word[1], word[2].strip()) if word else ("", "")
    # ², ① and -3 are meant as numbers, and are none.
    counted = is_number(key) or all(each.isnumeric() for each in half_width(key).lstrip("-+‐‑‒–—―−﹣"))
    number, item = (key, "") if counted else ("", key)
    return TypedRow(place, number, item, verdict, note, code=code)
