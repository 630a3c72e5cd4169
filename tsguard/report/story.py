"""What the chapters are written with: the material of one report, and the growing list of blocks.

Nothing here decides what a report says; the chapters do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Item
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import Edition
from tsguard.domain.evidence import Evidence
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.domain.snapshot import Snapshot
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Bar,
    Block,
    Cell,
    Chapter,
    Heading,
    Paragraph,
    Role,
    Run,
    Text,
    Tone,
    line,
    sign,
)
from tsguard.report.exhibit_pages import Bound
from tsguard.report.marked import Marked, said
from tsguard.rules.checks import CheckResult
from tsguard.scoring.results import ScoreSheet


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a document of the dossier is made from.

    Attributes:
        snapshot: The vault's state.
        sheet: The figures of that state.
        edition: Which document, and who it is for.
        checks: What the registers show, by item id.
        evidence: By item id.
        program_version: Of the program that makes the report.
        number: The report's id.
        on: Its date; overdue is counted from it.
        data_sha256: Of the attached assessment data; "" before they are made.
        bound: Of a document that is bound with its evidence: what became of each piece, by id.
    """

    snapshot: Snapshot
    sheet: ScoreSheet
    edition: Edition
    checks: Mapping[str, CheckResult]
    evidence: Mapping[str, tuple[Evidence, ...]]
    program_version: str
    number: str
    on: date
    data_sha256: str = ""
    bound: Mapping[str, Bound] = field(default_factory=dict)

    @property
    def internal(self) -> bool:
        """Whether the document stays in the company."""
        return self.edition.level is Level.INTERNAL

    @property
    def items(self) -> dict[str, Item]:
        """The checklist's items by id, in its order; made anew at each call."""
        return {item.id: item for item in self.snapshot.assessment.checklist.items()}

    def answer(self, item: str) -> Answer | None:
        """An item's answer."""
        return self.snapshot.answers.get(item)

    def verdict(self, item: str) -> Verdict | None:
        """An item's verdict; None where unanswered."""
        answer = self.answer(item)
        return answer.verdict if answer else None


@dataclass(slots=True)
class Story:
    """The blocks so far, and the numbers of the last chapter and section."""

    blocks: list[Block] = field(default_factory=list)
    chapters: int = 0
    sections: int = 0

    def chapter(self, title: str) -> None:
        """Start a chapter."""
        self.chapters += 1
        self.sections = 0
        number = words.numeral(self.chapters)
        self.add(Chapter(said(f"{number}、{title}"), f"chapter-{self.chapters}"))

    def section(self, title: str, *, numbered: bool = True, new_page: bool = False) -> None:
        """Start a section of the chapter; one that is alone in its chapter needs no number."""
        self.sections += 1
        number = f"（{words.numeral(self.sections)}）" if numbered else ""
        anchor = f"section-{self.chapters}-{self.sections}"
        self.add(Heading(said(f"{number}{title}"), anchor, new_page))

    def say(self, text: str, role: Role = Role.BODY) -> None:
        """A paragraph of our own words."""
        self.add(Paragraph(line(said(text)), role))

    def add(self, *blocks: Block) -> None:
        """Further blocks."""
        self.blocks += blocks


# --- small pieces -----------------------------------------------------------------------------------


def item_anchor(item: str) -> str:
    """Where the item's row stands."""
    return f"item-{item}"


def evidence_anchor(piece: str) -> str:
    """Where the row of a piece of evidence stands."""
    return f"evidence-{piece}"


def source_anchor(source: str) -> str:
    """Where the source's row stands."""
    return f"source-{source}"


def cell(text: Text | Marked | str, role: Role = Role.CELL, span: int = 1) -> Cell:
    """A cell of one paragraph."""
    return Cell((Paragraph(as_text(text), role),), span)


def answer(text: str) -> Paragraph:
    """A paragraph of our own words in a document that has no story of its own."""
    return Paragraph(line(said(text)), Role.ANSWER)


def bold(text: Marked | str, role: Role = Role.CELL, span: int = 1) -> Cell:
    """A cell of one bold paragraph."""
    return cell(line(Run(text if isinstance(text, Marked) else said(text), bold=True)), role, span)


def bar(claimed: int, evidenced: int) -> Cell:
    """A cell with a bar; figures in whole percent."""
    return Cell(bar=Bar(claimed, evidenced))


def as_text(text: Text | Marked | str) -> Text:
    """Runs, whatever it was; a bare string is our own words."""
    if isinstance(text, str):
        return line(said(text))
    return line(text) if isinstance(text, Marked) else text


def verdict_text(value: Verdict | None) -> Text:
    """The drawn mark and the word."""
    word = said(verdict_word(value))
    return line(sign(words.MARKS[value]), word) if value else line(word)


def linked(ids: tuple[str, ...], anchor: str, none: str = "—") -> Text:
    """Ids as links, with 、 between them.

    Args:
        ids: As printed.
        anchor: ``item``, ``evidence`` or ``source``: what they lead to.
        none: What stands there without any.
    """
    from_name = {"item": item_anchor, "evidence": evidence_anchor, "source": source_anchor}[anchor]
    runs: list[Run] = []
    for each in ids:
        if runs:
            runs.append(Run(said(_("、"))))
        runs.append(Run(said(each), link=from_name(each), tone=Tone.ACCENT))
    return tuple(runs) or line(said(none))
