"""What was filled into an asked field of the application form, as it is printed.

Every value is read anew by the field's rules: a wrong one is printed as it was typed, and marked.
"""

from __future__ import annotations

from datetime import date

from tsguard.domain.form import FormValue, Reading, grouped, is_yes, read
from tsguard.domain.programme import NUMBER_KINDS, FieldKind, FormField
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Mark,
    Paragraph,
    Role,
    Run,
    Text,
    Tone,
    line,
    sign,
)
from tsguard.report.marked import Marked, marked, said
from tsguard.report.story import Material, Story

_GAP = "\u3000"
_MEASURE = 29
"""Characters that stand side by side in a value of the whole width."""


def asked_text(field: FormField, material: Material) -> Text:
    """The value of an asked field in a grid; nothing for an empty one that has no boxes."""
    stored = _stored(field, material)
    reading = read(field, stored.value)
    if reading.rule is not None:
        return line(marked(stored, "value"), Run(said(_("（待核对）")), tone=Tone.GREY))
    if field.kind is FieldKind.YES_NO:
        said_so = None if not reading.text else is_yes(reading.text)
        return _boxes(((_("是"), said_so is True), (_("否"), said_so is False)))
    if field.kind is FieldKind.CHOICE:
        return _boxes(tuple((choice, choice == reading.text) for choice in field.choices))
    return line(_shown(field, reading, stored)) if reading.text else ()


def is_filled(field: FormField, material: Material) -> bool:
    """Whether anything was filled in, right or wrong."""
    return bool(read(field, _stored(field, material).value).text)


def write_long_text(field: FormField, number: int, material: Material, story: Story) -> None:
    """A long text below the grid: its label with a number, then its paragraphs.

    Args:
        field: A filled field of that kind.
        number: Counted from 1 in its group.
        material: What the report is made from.
        story: Where it goes.
    """
    stored = _stored(field, material)
    paragraphs = [part.strip() for part in marked(stored, "value").text.split("\n") if part.strip()] or [""]
    level = marked(stored, "value").level
    head = Run(said(_("{number}．{label}").format(number=number, label=field.label)), bold=True)
    # One paragraph with its first line, so that a label never stands alone at the foot of a page.
    story.add(Paragraph((head, Run(said("\n")), Run(Marked(paragraphs[0], level))), Role.ANSWER))
    for each in paragraphs[1:]:
        story.add(Paragraph(line(Marked(each, level)), Role.LEAD))
    if read(field, stored.value).rule is not None:
        story.add(Paragraph(line(said(_("以上内容超过申报表限定的字数。"))), Role.NOTE))


def _stored(field: FormField, material: Material) -> FormValue:
    return material.snapshot.form.get(field.ask) or FormValue(field=field.ask)


def _shown(field: FormField, reading: Reading, stored: FormValue) -> Marked:
    value = Marked(reading.text, marked(stored, "value").level)
    if field.kind in NUMBER_KINDS:
        return Marked(_with_unit(reading.text, field), value.level)
    if field.kind is FieldKind.DAY:
        return Marked(words.day(date.fromisoformat(reading.text)), value.level)
    if field.kind is FieldKind.YEAR:
        return Marked(_("{year}年").format(year=reading.text), value.level)
    return value


def _with_unit(canonical: str, field: FormField) -> str:
    number = grouped(canonical)
    if field.kind is FieldKind.MONEY_WAN:
        return _("{number}万元").format(number=number)
    if field.kind is FieldKind.PERCENT:
        return f"{number}%"
    gap = " " if field.unit[:1].isascii() else ""  # beside a Chinese unit the typesetter sets it
    return f"{number}{gap}{field.unit}" if field.unit else number


def _boxes(options: tuple[tuple[str, bool], ...]) -> Text:
    """Boxes with their words, broken between two options rather than inside one."""
    runs: list[Run] = []
    taken = 0
    for label, ticked in options:
        width = len(label) + 2
        if runs:
            wraps = taken + width > _MEASURE
            runs.append(Run(said("\n" if wraps else _GAP)))
            taken = 0 if wraps else taken
        taken += width
        runs += [sign(Mark.TICKED if ticked else Mark.BOX), Run(said(label))]
    return tuple(runs)
