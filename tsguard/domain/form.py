"""What a programme asks for itself: typed text to a canonical value, and what is wrong with it.

Nothing typed is lost here: a text that is no value of its kind stays as it was typed, with the rule that
it breaks. It must not know programmes by name, nor choose the words for a rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tsguard.domain.disclosure import OPAQUE, cleared, internal
from tsguard.domain.programme import NUMBER_KINDS, FieldKind, FormField
from tsguard.domain.validation import one_line
from tsguard.domain.visible import trimmed
from tsguard.domain.width import half_width

LONGEST_STORED = 20_000
"""Characters; a longer text can't be stored at all, whatever a programme allows."""
LONGEST = {FieldKind.TEXT: 200, FieldKind.LONG_TEXT: 2000}
"""Characters of a text whose programme says nothing."""
PLACES = {FieldKind.WHOLE: 0, FieldKind.DECIMAL: 4, FieldKind.PERCENT: 2, FieldKind.MONEY_WAN: 2}
"""Digits after the point at most."""
LARGEST = "999999999999"
"""The largest number of any kind, as it is stored."""
FIRST_YEAR, LAST_YEAR = 1900, 2100

_BOUNDS: dict[FieldKind, tuple[str, str]] = {
    FieldKind.WHOLE: ("0", LARGEST),
    FieldKind.DECIMAL: ("0", LARGEST),
    FieldKind.PERCENT: ("0", "100"),
    FieldKind.MONEY_WAN: ("0", LARGEST),
    FieldKind.DAY: (f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31"),
    FieldKind.YEAR: (str(FIRST_YEAR), str(LAST_YEAR)),
}
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?", re.ASCII)
_MONEY = re.compile(r"(?:人民币|[¥￥])?(.*?)(亿元?|万元?|元)?")
_PERCENT = re.compile(r"(?:百分之)?(.*?)%?")
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?|(\d{2})(\d{2}))", re.ASCII)
_MONTH = re.compile(r"\d{4}[-/.年]\d{1,2}月?", re.ASCII)
_NO_YEAR = re.compile(
    r"(?:\d{1,2}年)?\d{1,2}(?:[-/.]|月)\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{1,2}", re.ASCII
)
_PHONES = (
    re.compile(r"(?:\+?86-?)?1[3-9]\d-?\d{4}-?\d{4}", re.ASCII),
    re.compile(r"(?:\+86-?)?0\d{2,3}-?\d{7,8}(?:(?:-|转)\d{1,6})?", re.ASCII),
    re.compile(r"[48]00-?\d{3}-?\d{4}", re.ASCII),
    re.compile(r"\+(?!86)[1-9]\d{0,2}-?\d{6,12}", re.ASCII),
)
_WITHOUT_AREA = re.compile(r"\d{7,8}(?:(?:-|转)\d{1,6})?", re.ASCII)
_YES, _NO = "yes", "no"
_YES_WORDS, _NO_WORDS = {_YES, "是", "有", "对"}, {_NO, "否", "无", "没有", "不是"}


class FormRule(StrEnum):
    """What a typed value may break."""

    TOO_LONG = "form-too-long"
    NOT_A_NUMBER = "not-a-number"
    NOT_WHOLE = "not-whole"
    TOO_PRECISE = "too-precise"
    OTHER_UNIT = "other-unit"
    BELOW = "below"
    ABOVE = "above"
    NOT_A_DAY = "not-a-day"
    DAY_WITHOUT_YEAR = "day-without-year"
    MONTH_WITHOUT_DAY = "month-without-day"
    NO_SUCH_DAY = "no-such-day"
    NOT_A_YEAR = "not-a-year"
    NOT_YES_OR_NO = "not-yes-or-no"
    NOT_A_CHOICE = "not-a-choice"
    NOT_A_PHONE = "not-a-phone"
    PHONE_WITHOUT_AREA = "phone-without-area"


@dataclass(frozen=True, slots=True)
class FormValue:
    """What was filled in for one asked field of an assessment.

    It stands in every submission: an application form is what it is for.

    Attributes:
        assessment: The assessment's id.
        field: The field's id, ``FormField.ask``.
        value: Canonical, or as it was typed where it is wrong; never "".
    """

    assessment: str = internal(default="", unguarded=OPAQUE)
    field: str = cleared(default="")
    value: str = cleared(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed text as it is stored.

    Attributes:
        text: Canonical; as typed where a rule is broken; "" for nothing.
        rule: Which rule it breaks, or None.
    """

    text: str
    rule: FormRule | None = None


def read(field: FormField, typed: str) -> Reading:
    """What a person's text means in a field; reading the result again changes nothing.

    Args:
        field: An asked field.
        typed: As typed or as stored.
    """
    text = cleaned(typed, field.kind)
    if not text:
        return Reading("")
    canonical, rule = _READERS[field.kind](text, field)
    if rule is None and field.kind in _BOUNDS:
        rule = _outside(field, canonical)
    return Reading(canonical if rule is None else text, rule)


def bound(field: FormField, key: str) -> str:
    """``least`` or ``most`` as it holds; "" for kinds without.

    The programme's, else the kind's usual: also where the programme of a vault from elsewhere has one that
    is no value of the kind.
    """
    usual = dict(zip(("least", "most"), _BOUNDS.get(field.kind, ("", "")), strict=True))
    own = str(getattr(field, key))
    if field.kind not in _BOUNDS or not own:
        return usual[key]
    canonical, rule = _READERS[field.kind](cleaned(own, field.kind), field)
    return canonical if rule is None else usual[key]


def longest(field: FormField) -> int:
    """The most characters of a text as it holds; 0 for kinds without."""
    return field.longest or LONGEST.get(field.kind, 0)


def comparable(kind: FieldKind, canonical: str) -> Decimal:
    """A canonical value of a bounded kind as a number, to be compared with another of its kind."""
    return Decimal(date.fromisoformat(canonical).toordinal() if kind is FieldKind.DAY else canonical)


def grouped(canonical: str) -> str:
    """A canonical number with separators: ``1,234.50``."""
    return f"{Decimal(canonical):,}"


def is_yes(canonical: str) -> bool:
    """Whether a canonical yes-or-no says yes."""
    return canonical == _YES


def cleaned(typed: str, kind: FieldKind) -> str:
    """A text without what no key types, as a kind keeps it; "" where nothing of it can be seen."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    if kind is not FieldKind.LONG_TEXT:
        return trimmed(one_line(FormValue(value=lines)).value)
    return trimmed("".join(each for each in lines if each in "\t\n" or unicodedata.category(each) != "Cc"))


def _narrow(text: str) -> str:
    """Half-width digits and signs, no white space."""
    narrow = "".join(half_width(text).split())
    return narrow.replace("−", "-").replace("–", "-").replace("—", "-")


def _outside(field: FormField, canonical: str) -> FormRule | None:
    value = comparable(field.kind, canonical)
    if value < comparable(field.kind, bound(field, "least")):
        return FormRule.BELOW
    return FormRule.ABOVE if value > comparable(field.kind, bound(field, "most")) else None


_Read = tuple[str, FormRule | None]


def _text(text: str, field: FormField) -> _Read:
    return text, FormRule.TOO_LONG if len(text) > longest(field) else None


def _number(text: str, field: FormField) -> _Read:
    return _of_number(_narrow(text), field.kind)


def _percent(text: str, field: FormField) -> _Read:
    found = _PERCENT.fullmatch(_narrow(text))
    return _of_number(found.group(1) if found else "", field.kind)


def _money(text: str, field: FormField) -> _Read:
    found = _MONEY.fullmatch(_narrow(text))
    amount, unit = (found.group(1), found.group(2) or "") if found else ("", "")
    if unit == "元":
        return text, FormRule.OTHER_UNIT
    return _of_number(amount, field.kind, 10_000 if unit.startswith("亿") else 1)


def _of_number(text: str, kind: FieldKind, times: int = 1) -> _Read:
    # A Chinese keyboard gives 。 for the point.
    found = _NUMBER.fullmatch(text.replace("。", "."))
    if found is None:
        return text, FormRule.NOT_A_NUMBER
    sign, whole, rest = found.group(1), found.group(2).replace(",", ""), found.group(3) or ""
    if len(whole) > len(LARGEST) + 3 or len(rest) > len(LARGEST):
        return text, FormRule.TOO_PRECISE if rest.strip("0") else FormRule.ABOVE
    places = PLACES[kind]
    value = Decimal(f"{sign}{whole}.{rest or '0'}") * times
    if value != round(value, places):
        return text, FormRule.TOO_PRECISE if places else FormRule.NOT_WHOLE
    if kind is FieldKind.MONEY_WAN:
        return f"{value if value else abs(value):.{places}f}", None
    canonical = f"{value:.{places}f}"
    canonical = canonical.rstrip("0").rstrip(".") if places else canonical
    return canonical if value else "0", None


def _day(text: str, _field: FormField) -> _Read:
    narrow = _narrow(text)
    found = _DAY.fullmatch(narrow)
    if found is None:
        if _NO_YEAR.fullmatch(narrow):
            return text, FormRule.DAY_WITHOUT_YEAR
        return text, FormRule.MONTH_WITHOUT_DAY if _MONTH.fullmatch(narrow) else FormRule.NOT_A_DAY
    year, first, month, second, day, month2, day2 = found.groups()
    if first and (first == "年") != (second == "月"):
        return text, FormRule.NOT_A_DAY
    try:
        return date(int(year), int(month or month2), int(day or day2)).isoformat(), None
    except ValueError:
        return text, FormRule.NO_SUCH_DAY


def _year(text: str, _field: FormField) -> _Read:
    found = _YEAR.fullmatch(_narrow(text))
    return (found.group(1), None) if found else (text, FormRule.NOT_A_YEAR)


def _yes_no(text: str, _field: FormField) -> _Read:
    narrow = _narrow(text).lower()
    if narrow in _YES_WORDS:
        return _YES, None
    return (_NO, None) if narrow in _NO_WORDS else (text, FormRule.NOT_YES_OR_NO)


def _choice(text: str, field: FormField) -> _Read:
    for choice in field.choices:
        if text in {choice, cleaned(choice, field.kind)}:
            return choice, None
    return text, FormRule.NOT_A_CHOICE


def _phone(text: str, _field: FormField) -> _Read:
    narrow = _narrow(text).replace("(", "").replace(")", "-").replace("--", "-")
    if any(pattern.fullmatch(narrow) for pattern in _PHONES):
        return narrow, None
    return text, FormRule.PHONE_WITHOUT_AREA if _WITHOUT_AREA.fullmatch(narrow) else FormRule.NOT_A_PHONE


_READERS: dict[FieldKind, Callable[[str, FormField], _Read]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    **dict.fromkeys(NUMBER_KINDS, _number),
    FieldKind.PERCENT: _percent,
    FieldKind.MONEY_WAN: _money,
    FieldKind.DAY: _day,
    FieldKind.YEAR: _year,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.PHONE: _phone,
}
