"""The checklist on paper and in Excel, and the answers that come back from there.

A blank sheet is made from the checklist alone: nothing of a vault can get into it. What comes back is first
only read and compared; storing is a step of its own, all of it in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.typed_lines import rows_of_text
from tsguard.domain.validation import LONGEST_TEXT
from tsguard.domain.worksheet import (
    FaultyRow,
    Reader,
    RowFault,
    TypedSheet,
    answered,
    place_words,
    replaces,
    same_code,
    sheet_code,
)
from tsguard.errors import AnswersChanged, NotReplaced, Unreadable, WorkbookFault, WorkbookRefused
from tsguard.i18n import _
from tsguard.services.blank_sheet import write_sheet
from tsguard.services.content import Shelf, shipped
from tsguard.services.given_file import given_bytes
from tsguard.services.session import Session
from tsguard.store.claim import is_held

if TYPE_CHECKING:
    from tsguard.report.pdf import WrittenReport

VAULT_SUFFIX = ".tsg"
LARGEST_TEXT_FILE = 1024 * 1024
"""Bytes of a file of typed lines."""


@dataclass(frozen=True, slots=True)
class WrittenBook:
    """A workbook that was written.

    Attributes:
        path: Where.
        size: In bytes.
        sha256: 64 hexadecimal digits.
    """

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PaperChange:
    """What one row of the paper does to the assessment.

    Attributes:
        place: The row or line it came from.
        before: The answer that is stored; a blank one where there is none.
        after: The answer that would be stored.
        sheet: The title of the row's sheet where there are several, else "".
    """

    place: int
    before: Answer
    after: Answer
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class PaperAnswers:
    """A filled sheet compared with what is stored; nothing is stored by making it.

    Attributes:
        typed: The sheet as it was read, to be compared again when an answer has changed meanwhile.
        ours: Whether all its rows come from this assessment's sheet.
        foreign: The codes of other sheets that rows come from.
        new: Rows that only add something.
        overwriting: Rows that would replace something that was answered before.
        unchanged: How many rows say what is stored already.
        faults: Rows that can't be taken, in order.
    """

    typed: TypedSheet
    ours: bool
    foreign: tuple[str, ...]
    new: tuple[PaperChange, ...]
    overwriting: tuple[PaperChange, ...]
    unchanged: int
    faults: tuple[FaultyRow, ...]

    @property
    def found(self) -> dict[str, Answer]:
        """The answer that each understood and different row would make, by item id."""
        return {change.after.item: change.after for change in (*self.new, *self.overwriting)}

    def chosen(self, *, overwrite: bool) -> tuple[Answer, ...]:
        """What is to be stored, in the order of the sheet's rows."""
        changes = (*self.new, *self.overwriting) if overwrite else self.new
        return tuple(change.after for change in sorted(changes, key=lambda each: each.place))


# --- out --------------------------------------------------------------------------------------------


def blank_checklist(module_ids: Sequence[str], shelf: Shelf | None = None) -> Checklist:
    """The checklist of a choice of modules.

    Args:
        module_ids: Sector modules and add-ons; the core is always in.
        shelf: The content at hand; what shipped by default.

    Raises:
        UnknownModule: One is not at hand.
    """
    return (shelf or shipped()).freeze(module_ids)


def blank_pdf(
    checklist: Checklist,
    target: Path,
    *,
    on: date,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> WrittenReport:
    """Write the blank checklist for paper and pen.

    Args:
        checklist: What is asked.
        target: The PDF's place; an older file there is replaced only when the new one is complete.
        on: The date in the file.
        progress: Called with pages done and all pages.
        cancelled: Asked between pages.

    Raises:
        MissingGlyphs: Characters of an own module that no font has; nothing is written.
        NotReplaced: The place is a vault's, or named like one; it is untouched.
        Cancelled: The person stopped it; nothing is written.
        StorageError: The file system said no; an older file is untouched.
    """
    _refuse_vault(target)
    from tsguard.report.worksheet import build_worksheet  # noqa: PLC0415 - start-up time

    document = build_worksheet(checklist, on=on)
    return write_sheet(document, target, progress=progress, cancelled=cancelled)


def blank_workbook(checklist: Checklist, target: Path) -> WrittenBook:
    """Write the blank checklist as a workbook; replaces as ``blank_pdf`` does.

    Raises:
        NotReplaced: The place is a vault's, or named like one; it is untouched.
        StorageError: The file system said no; an older file is untouched.
    """
    _refuse_vault(target)
    from tsguard.exchange.worksheet_book import worksheet_book  # noqa: PLC0415 - start-up time
    from tsguard.report.plain_file import replace_plain  # noqa: PLC0415 - start-up time
    from tsguard.report.worksheet import filling_remarks  # noqa: PLC0415 - start-up time

    written = replace_plain(target, (worksheet_book(checklist, filling_remarks()),))
    return WrittenBook(written.path, written.size, written.sha256)


def blank_name(checklist: Checklist, suffix: str) -> str:
    """A file name for a blank checklist, with its code and no company's name."""
    return _("空白清单-{code}").format(code=sheet_code(checklist)) + suffix


def _refuse_vault(target: Path) -> None:
    """Raise ``NotReplaced`` where an open vault is, and for the name of any."""
    if target.suffix.lower() == VAULT_SUFFIX or is_held(target):
        raise NotReplaced(target)


# --- back in ----------------------------------------------------------------------------------------


def read_sheet(path: Path, code: str = "") -> TypedSheet:
    """A filled workbook, or a text file of typed lines. May run in another thread.

    Args:
        path: Text files end in .txt or in nothing; everything else has to be a workbook.
        code: The code printed on the paper, for a file that does not say it.

    Raises:
        Unreadable: The file can't be read or is no text.
        WorkbookRefused: A workbook that can't be taken.
    """
    suffix = path.suffix.lower()
    if suffix == VAULT_SUFFIX or is_held(path):
        # Not even opened: closing it again would drop the lock of a vault that this process has open.
        raise WorkbookRefused(path, WorkbookFault.NOT_A_WORKBOOK)
    if suffix in {".txt", ""}:
        return typed_lines(_text_of(path), code)
    from tsguard.exchange.worksheet_book import read_worksheet  # noqa: PLC0415 - start-up time

    return _with_code(read_worksheet(path), code)


def typed_lines(text: str, code: str = "") -> TypedSheet:
    """Lines such as ``17 1 备注``; ``code`` as for ``read_sheet``."""
    return rows_of_text(text, code)


def compare(session: Session, typed: TypedSheet) -> PaperAnswers:
    """What a filled sheet would change; nothing is stored.

    Raises:
        NothingAssessed: No modules were chosen yet.
    """
    reader = Reader(session.checklist)
    new, overwriting, faults, unchanged = [], [], [], 0
    for row in reader.read(typed):
        if isinstance(row, FaultyRow):
            faults.append(row)
            continue
        before = session.answer(row.item)
        after = answered(before, row, session.today)
        if len(after.note) > LONGEST_TEXT:
            # With what is there already; storing the whole sheet would fail for this one row.
            faults.append(FaultyRow(row.place, row.item, RowFault.TOO_LONG, str(LONGEST_TEXT), row.sheet))
        elif after == before:
            unchanged += 1
        elif replaces(before, after):
            overwriting.append(PaperChange(row.place, before, after, row.sheet))
        else:
            new.append(PaperChange(row.place, before, after, row.sheet))
    others = [code for code in typed.codes if not same_code(code, reader.code)]
    return PaperAnswers(
        typed,
        not others,
        tuple(filter(None, others)),
        tuple(new),
        tuple(overwriting),
        unchanged,
        tuple(faults),
    )


def apply_answers(session: Session, paper: PaperAnswers, *, overwrite: bool = False) -> tuple[Answer, ...]:
    """Store what a sheet says, in one transaction; the answers as they were.

    Args:
        session: Open.
        paper: As it was compared and shown.
        overwrite: Whether what was answered before may be replaced.

    Raises:
        AnswersChanged: Answers have changed since the comparison, so that the sheet would do something else.
        InvalidField: A text can't be stored.
        StorageError: The file system said no. Nothing is stored in any of these cases.
    """
    now = compare(session, paper.typed)
    if now != paper:
        differing = {*paper.new, *paper.overwriting} ^ {*now.new, *now.overwriting}
        raise AnswersChanged(tuple(sorted({change.after.item for change in differing})))
    return session.put_answers(paper.chosen(overwrite=overwrite))


def _with_code(typed: TypedSheet, code: str) -> TypedSheet:
    rows = tuple(replace(row, code=row.code or code) if row.code is not None else row for row in typed.rows)
    return replace(typed, code=typed.code or code, rows=rows)


def _text_of(path: Path) -> str:
    data = given_bytes(path, LARGEST_TEXT_FILE)
    if len(data) > LARGEST_TEXT_FILE:
        raise Unreadable(path, _("太大，不像录入的作答"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(path, _("不是UTF-8文字"))


# --- in words ---------------------------------------------------------------------------------------


def fault_sentence(row: FaultyRow) -> str:
    """A faulty row with its place: ``第17行 HRM-05：…``."""
    what = f" {row.what}" if row.what else ""
    return _("{place}{what}：").format(place=place_words(row.sheet, row.place), what=what) + fault_reason(row)


def fault_reason(row: FaultyRow) -> str:
    """What is wrong with a row, one sentence without its place."""
    return _fault_words()[row.fault].format(value=row.value)


def change_words(change: PaperChange) -> str:
    """What is there and what the paper says: ``原答符合，纸上部分符合``."""
    before, after = change.before.verdict, change.after.verdict
    if before is after:
        return _("判定都是{verdict}，纸上的说明不同").format(verdict=verdict_word(after))
    return _("原答{before}，纸上{after}").format(before=verdict_word(before), after=verdict_word(after))


def _fault_words() -> dict[RowFault, str]:
    return {
        RowFault.NO_ITEM: _("没有写编号或条款号。"),
        RowFault.NOT_A_NUMBER: _("“{value}”不是编号；编号是清单上印的1、2、3等数字。"),
        RowFault.UNKNOWN_NUMBER: _("这张清单没有这个编号。"),
        RowFault.UNKNOWN_ID: _("清单里没有这个条款号。"),
        RowFault.NUMBER_OF_ANOTHER_SHEET: _(
            "只写了编号，而表号与本次自评的不同或没有写；请核对表号，或改写条款号。"
        ),
        RowFault.NUMBER_AND_ID_DIFFER: _("编号和条款号说的不是同一条，请核对。"),
        RowFault.NO_VERDICT: _("没有写判定。"),
        RowFault.UNKNOWN_VERDICT: _(
            "看不懂判定“{value}”；请写符合、部分符合、不符合、不清楚、不适用，或1、2、3、4、0。"
        ),
        RowFault.NO_REASON: _("答不适用，要写理由。"),
        RowFault.ALWAYS_APPLIES: _("这一条不能答不适用。"),
        RowFault.TOO_LONG: _("写得太长，最多{value}个字。"),
        RowFault.TWICE: _("与{value}是同一条，判定或说明却不同，都没有采用。"),
        RowFault.SEVERAL: _("同名的列有几个，填的不同，分不清以哪一列为准。"),
        RowFault.FORMULA: _("有公式而没有结果，请改成文字。"),
        RowFault.MERGED: _("判定或说明在跨行合并的单元格里，分不清是哪一条的，请取消合并。"),
    }
