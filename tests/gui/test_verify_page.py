"""核验文件: inside a vault and before one is open; whole, changed, locked, foreign and hostile files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from support.vaults import TODAY, new_session

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.gui.main_window import MainWindow
from tsguard.gui.pages.verify import VerifyPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.verifying.document_part import DocumentPart
from tsguard.gui.verifying.findings import look_of
from tsguard.gui.verifying.view import VerifyView
from tsguard.services.dossier import Order, make
from tsguard.services.issuing import record, write
from tsguard.services.session import Session
from tsguard.services.verified_file import Outcome, Result, Severity

REPORT = Edition(DocumentKind.REPORT, Level.SUBMISSION)
SECRET = "回形针-correct"

Look = Callable[..., Outcome]


@pytest.fixture
def exported(session: Session, tmp_path: Path) -> Path:
    """A folder with a report that the vault knows of, and its locked copy."""
    folder = tmp_path / "申报 材料"
    made = make(session.snapshot(), Order((REPORT,), TODAY, passphrase=SECRET))
    record(session, write(made, folder))
    return folder


def only(folder: Path, word: str, *, locked: bool = False) -> Path:
    return next(each for each in folder.iterdir() if word in each.name and ("加密" in each.name) is locked)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, model: SessionModel, tasks: Tasks) -> VerifyPage:
    made = VerifyPage(theme, model, tasks)
    theme.apply(made)
    made.resize(1166, 720)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def look(qtbot: QtBot, page: VerifyPage) -> Look:
    def act(path: Path, passphrase: str | None = None) -> Outcome:
        page.view.look(path, passphrase)
        return outcome(qtbot, page.view)

    return act


def outcome(qtbot: QtBot, view: VerifyView) -> Outcome:
    qtbot.waitUntil(lambda: not view.busy, timeout=60_000)
    assert view.found is not None
    return view.found.outcome


def words(view: VerifyView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


class TestFound:
    def test_a_whole_one_and_its_score(self, qtbot, page, look, exported):
        assert look(only(exported, "自评报告")) is Outcome.WHOLE
        view = page.view
        assert view.card._state.text() == "与导出时一致"
        assert view.found.has(Result.ISSUED_HERE)
        (part,) = view.findChildren(DocumentPart)
        rows = part.table.shown()
        assert len(rows) > 10
        assert all(row.equal for row in rows)
        with qtbot.waitSignal(page.go) as asked:
            view.card._issued.click()
        assert asked.args == ["export:issued:D-0001"]
        view.card.copy_asked.emit()
        assert QApplication.clipboard().text() == view.found.sha256

    def test_one_changed_byte(self, page, look, exported, tmp_path):
        data = bytearray(only(exported, "自评报告").read_bytes())
        data[len(data) // 2] ^= 1
        changed = tmp_path / "改过𬭎㵘䶮𠮷.pdf"
        changed.write_bytes(bytes(data))
        assert look(changed) in {Outcome.CHANGED, Outcome.UNREADABLE}
        assert changed.name in words(page.view)
        assert page.view.card._issued.isHidden()

    def test_a_locked_copy_asks_for_its_passphrase(self, qtbot, page, look, exported):
        assert look(only(exported, "自评报告", locked=True)) is Outcome.LOCKED
        view = page.view
        qtbot.waitUntil(view.card.passphrase.line.hasFocus)
        view.card.passphrase.line.setText("something else")
        view.card._try.click()
        assert outcome(qtbot, view) is Outcome.LOCKED
        assert view.card.passphrase.error
        assert view.card.passphrase.text() == ""
        view.card.passphrase.line.setText(SECRET)
        qtbot.keyClick(view.card.passphrase.line, Qt.Key.Key_Return)
        assert outcome(qtbot, view) is Outcome.WHOLE
        assert view.card.passphrase.text() == ""
        assert SECRET not in words(view)

    @pytest.mark.parametrize(
        "content", [b"", b"hello", b"%PDF-1.7\n", b"%PDF-1.4\nxref\n0 9999999999", b"PK\3\4"]
    )
    def test_what_is_none_of_ours_gets_a_calm_answer(self, page, look, tmp_path, content):
        made = tmp_path / "普通.pdf"
        made.write_bytes(content)
        assert look(made) in {Outcome.NOT_OURS, Outcome.UNREADABLE}
        assert page.view.findChildren(DocumentPart) == []

    def test_a_missing_file_is_said_and_the_next_one_works(self, qtbot, page, look, exported, tmp_path):
        page.view.look(tmp_path / "没有.pdf")
        qtbot.waitUntil(lambda: not page.view.busy)
        assert page.view._trouble.isVisible()
        assert page.view.found is None
        look(only(exported, "自评报告"))
        assert not page.view._trouble.isVisible()

    def test_another_file_replaces_what_was_found(self, page, look, exported, tmp_path):
        look(only(exported, "自评报告"))
        other = tmp_path / "普通.pdf"
        other.write_bytes(b"hello")
        look(other)
        assert [each for each in page.view.findChildren(DocumentPart) if each.isVisible()] == []

    def test_a_dropped_file_is_verified(self, qtbot, page, exported):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(only(exported, "自评报告")))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        page.view.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
        assert outcome(qtbot, page.view) is Outcome.WHOLE

    def test_locking_forgets_it(self, page, look, model, exported):
        look(only(exported, "自评报告"))
        model.lock()
        assert page.view.found is None
        assert "TSG-" not in words(page.view)


def test_signs_differ_by_shape_and_word():
    looks = [look_of(severity) for severity in Severity]
    assert len({each.icon for each in looks}) == len({each.word for each in looks}) == len(Severity)


class TestBeforeUnlocking:
    def test_it_needs_no_vault_and_forgets_on_closing(self, qtbot, window: MainWindow, exported):
        window.start.verify_file()
        sheet = window.start._verify
        assert sheet.isVisible()
        sheet.view.look(only(exported, "自评报告"))
        assert outcome(qtbot, sheet.view) is Outcome.WHOLE
        assert not sheet.view.found.has(Result.ISSUED_ELSEWHERE)
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.isVisible()
        assert sheet.view.found is None

    def test_opening_a_vault_closes_it(self, window: MainWindow, tmp_path: Path):
        window.start.verify_file()
        window.start.opened.emit(new_session(tmp_path / "另一个", choose=False))
        assert not window.start._verify.isVisible()
