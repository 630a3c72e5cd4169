"""The application form group by group, each field with its value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tsguard.domain.enterprise import District, Enterprise, Size
from tsguard.domain.programme import FieldKind, FormField, FormGroup
from tsguard.domain.scales import Tier
from tsguard.domain.words import district_word, size_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Entry,
    Form,
    Mark,
    Run,
    Text,
    Tone,
    line,
    sign,
)
from tsguard.report.chapters.form_values import asked_text, is_filled, write_long_text
from tsguard.report.chapters.front import sectors
from tsguard.report.marked import Marked, compose, marked, said, shown
from tsguard.report.story import Material, Story


def write_form(material: Material, story: Story) -> None:
    """A section for each group of the programme's form that has fields."""
    for group in material.snapshot.assessment.programme.form:
        if group.fields:
            story.section(group.title)
            _write_group(group, material, story)


def _write_group(group: FormGroup, material: Material, story: Story) -> None:
    """A grid, with each long text that was filled in below what stands before it."""
    entries: list[Entry] = []
    long_texts = 0
    for field in group.fields:
        if field.kind is FieldKind.LONG_TEXT and is_filled(field, material):
            if entries:
                story.add(Form(tuple(entries)))
            entries, long_texts = [], long_texts + 1
            write_long_text(field, long_texts, material, story)
        else:
            entries.append(Entry(said(field.label), _value(field, material)))
    if entries:
        story.add(Form(tuple(entries)))


# --- values -----------------------------------------------------------------------------------------


def _value(field: FormField, material: Material) -> Text:
    text = asked_text(field, material) if field.ask else taken_text(field.field, material)
    if field.ask and not is_filled(field, material):
        return (*text, Run(said("\u3000")), *_blank(field)) if text else _blank(field)
    return text if says_something(text) else _blank(field)


def _blank(field: FormField) -> Text:
    words_for = _("未填（必填）") if field.required else _("未填")
    return line(Run(said(words_for), tone=Tone.GREY))


def taken_text(name: str, material: Material) -> Text:
    """A value from the profile or the registers; empty runs where it is not known.

    Args:
        name: One of ``FORM_FIELDS``.
        material: What the document is made from.
    """
    special = _SPECIAL.get(name)
    return special(material) if special else line(_plain(material.snapshot.enterprise, name))


def says_something(text: Text) -> bool:
    """Whether there is anything to read in a value."""
    return any(run.mark or run.value.text.strip() for run in text)


def _plain(enterprise: Enterprise, name: str) -> Marked:
    show: Callable[[Any], str] = shown
    if name == "founded_on":
        show = _day
    elif isinstance(getattr(enterprise, name), int):
        show = _people
    return marked(enterprise, name, show)


def _day(value: Any) -> str:
    return words.day(value) if value else ""


def _people(value: Any) -> str:
    return _("{count}人").format(count=value)


def _size(material: Material) -> Text:
    chosen = material.snapshot.enterprise.size
    runs: list[Run] = []
    for each in Size:
        if runs:
            runs.append(Run(said("\u3000")))
        runs += [sign(Mark.TICKED if each is chosen else Mark.BOX), Run(said(size_word(each)))]
    return tuple(runs)


def _district(material: Material) -> Text:
    enterprise = material.snapshot.enterprise
    if enterprise.district is not District.OTHER:
        return line(marked(enterprise, "district", district_word))
    return line(marked(enterprise, "district_other"))


def _sectors(material: Material) -> Text:
    return line(said(sectors(material)))


def _point_count(material: Material) -> Text:
    count = len(material.snapshot.secret_points)
    return line(said(_("{count}项").format(count=count) if count else ""))


def _point_tiers(material: Material) -> Text:
    points = material.snapshot.secret_points
    if not points:
        return line(said(""))
    counts = {tier: sum(point.tier is tier for point in points) for tier in Tier}
    return line(
        compose(
            _("核心{core}项，重要{important}项，一般{general}项（不写内容）"),
            {tier.value: said(str(count)) for tier, count in counts.items()},
        )
    )


def _evidence_count(material: Material) -> Text:
    count = len(material.snapshot.evidence)
    return line(said(_("{count}件").format(count=count) if count else ""))


_SPECIAL: dict[str, Callable[[Material], Text]] = {
    "size": _size,
    "district": _district,
    "sectors": _sectors,
    "secret_point_count": _point_count,
    "secret_point_tiers": _point_tiers,
    "evidence_count": _evidence_count,
}
