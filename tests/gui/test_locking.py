"""What locking asks before, and what it leaves behind: nothing of the vault, whatever went wrong."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from support.vaults import new_session, reopened

from tsguard.domain.disclosure import Level
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import DiskFull
from tsguard.gui.frame.shell import Shell
from tsguard.gui.main_window import MainWindow
from tsguard.services.session import Session

MARK = "标记鸑鷟"
PAGES = (
    "profile",
    "quick",
    "checklist",
    "results",
    "points",
    "evidence",
    "application",
    "export",
    "settings",
)


@pytest.fixture
def shell(window: MainWindow, session: Session) -> Shell:
    window.start.opened.emit(session)
    assert window.shell is not None
    return window.shell


# --- before -----------------------------------------------------------------------------------------


def refuse_a_note(shell: Shell) -> None:
    shell.go("checklist:HRM-05")
    card = shell.page("checklist").items.card
    card._note.area.setPlainText("长" * 4001)
    shell.go("checklist:ORG-01")


def begin_a_draft(shell: Shell) -> None:
    shell.go("points")
    page = shell.page("points")
    page.add_draft()
    page.form.binding("location").field.line.setText("保密柜")


def begin_paper(shell: Shell) -> None:
    shell.go("evidence")
    page = shell.page("evidence")
    page.add_paper()
    page.fields.title.line.setText("任命文件")


def write_half_a_date(shell: Shell) -> None:
    shell.go("profile")
    line = shell.page("profile").form.entries["founded_on"].field.line
    line.setText("2026-02-30")
    line.textEdited.emit("2026-02-30")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        (refuse_a_note, "checklist:HRM-05"),
        (begin_a_draft, "points"),
        (begin_paper, "evidence"),
        (write_half_a_date, "profile"),
    ],
)
@pytest.mark.parametrize("closing", [False, True])
def test_text_that_was_refused_is_asked_about(
    qtbot: QtBot, window: MainWindow, shell: Shell, typed, place: str, closing: bool
) -> None:
    typed(shell)
    shell.go("settings")
    leave = window.close if closing else window.lock
    leave()
    assert window.leaving.dialog is not None
    assert window.shell is shell
    assert shell.place().startswith(place), "it came to the front"
    window.leaving.dialog.button("stay").click()
    qtbot.waitUntil(lambda: window.leaving.dialog is None)
    assert window.shell is shell
    leave()
    window.leaving.dialog.button("stop").click()
    qtbot.waitUntil(lambda: window.shell is None)


def test_a_text_put_right_is_not_asked_about(window: MainWindow, shell: Shell) -> None:
    refuse_a_note(shell)
    shell.go("checklist:HRM-05")
    shell.page("checklist").items.card._note.area.setPlainText("短")
    window.lock()
    assert window.leaving.dialog is None
    assert window.shell is None


# --- after ------------------------------------------------------------------------------------------


def test_a_lock_that_can_not_tidy_up_still_hides_everything(
    window: MainWindow, shell: Shell, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.go("checklist:HRM-05")
    close = session._vault.close

    def fail() -> None:
        close()
        raise DiskFull(session.path)

    monkeypatch.setattr(session._vault, "close", fail)
    window.lock()
    assert window.shell is None
    assert not isValid(shell) or not shell.isVisible()
    assert window.start.isVisible()
    assert "已锁定" in window.start.notice.text()
    assert session.path.name not in window.windowTitle()


def test_what_was_copied_here_goes(window: MainWindow, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.model.add_point(SecretPoint(id="", enterprise="", name=MARK))
    shell.page("points")._copy()
    assert MARK in QApplication.clipboard().text()
    # The offscreen platform knows of no owner.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    window.lock()
    assert QApplication.clipboard().text() == ""


def test_what_another_program_copied_stays(
    window: MainWindow, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell is window.shell
    QApplication.clipboard().setText("别处的内容")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: False)
    window.lock()
    assert QApplication.clipboard().text() == "别处的内容"


def plant(shell: Shell, qtbot: QtBot, folder: Path) -> None:
    """Put the mark wherever a person can type, and look at every page."""
    model = shell.model
    point = model.add_point(SecretPoint(id="", enterprise="", name=f"{MARK}秘点", note=f"{MARK}备注"))
    paper = model.add_evidence(Evidence(title=f"{MARK}佐证", paper_at=f"{MARK}柜", items=("HRM-05",)))
    model.put_enterprise(replace(model.session.enterprise, lead=f"{MARK}负责人"))
    model.answer("HRM-06", Verdict.NOT_APPLICABLE)
    for place in PAGES:
        shell.go(place)
    file = folder / f"{MARK}.txt"
    file.write_text(MARK)
    evidence = shell.page("evidence")
    evidence.add_files([file])
    qtbot.waitUntil(lambda: not evidence.intake.busy)
    checklist = shell.page("checklist")
    shell.go("checklist:HRM-05")
    checklist.items.card._note.area.setPlainText(f"{MARK}条款备注")
    shell.go("checklist:HRM-06")
    checklist.items.card.judgement._reason.area.setPlainText(f"{MARK}理由")
    checklist.outline.search.setText(MARK)
    checklist.items.card.evidence.offer_links()
    export = shell.page("export")
    shell.go(f"export:{Level.INTERNAL}")
    export.preview()
    qtbot.waitUntil(lambda: export._running is None, timeout=60_000)
    shell.go(f"points:{point}")
    shell.go(f"evidence:{paper}")
    evidence.warn_of_copy()
    model.undo()
    shell.window().grab()


def words_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.windowTitle(), widget.accessibleName(), widget.accessibleDescription())
    yield widget.toolTip()
    if isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QLineEdit) or callable(getattr(widget, "text", None)):
        yield str(widget.text())  # type: ignore[attr-defined]


def marked_in_memory() -> list[str]:
    """Texts with the mark that any living Python object holds."""
    return [
        f"{type(holder).__name__}: {text[:40]}"
        for holder in gc.get_objects()
        if isinstance(holder, list | tuple | dict | set)
        for text in (holder.values() if isinstance(holder, dict) else holder)
        if isinstance(text, str) and text.startswith(MARK) and text != MARK
    ]


def test_no_word_of_the_vault_lives_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    window.start.opened.emit(new_session(tmp_path / "库", "XIC", name=f"{MARK}企业"))
    assert window.shell is not None
    plant(window.shell, qtbot, tmp_path)
    assert marked_in_memory()
    with qtbot.waitSignal(window.shell.destroyed):
        window.lock()
    gc.collect()
    left = [words for widget in QApplication.allWidgets() for words in words_of(widget) if MARK in words]
    assert left == []
    assert marked_in_memory() == []
    assert MARK not in QApplication.clipboard().text()
    assert MARK not in window.windowTitle()


def test_what_was_being_typed_is_there_again(window: MainWindow, shell: Shell, session: Session) -> None:
    shell.go("checklist:HRM-05")
    shell.page("checklist").items.card._note.area.setPlainText("打到一半")
    window.close()
    assert not window.isVisible()
    again = reopened(session)
    assert again.answer("HRM-05").note == "打到一半"
    assert again.place == "checklist:HRM-05"
    again.close()
