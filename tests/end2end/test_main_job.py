"""The main job in the real window, from a new vault to the PDF, with a lock in between.

Needs Qt; the key derivation is the real one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="the window needs Qt")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from tsguard.domain.disclosure import Level
from tsguard.domain.scales import Verdict
from tsguard.gui import fonts
from tsguard.gui.main_window import MainWindow
from tsguard.gui.opening import Opener
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.theme import Mode, Theme
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.report.second_reading import by_pdfium

NAME = "珠海𬭎㵘䶮微电子有限公司"
PASSPHRASE = "回形针 correct horse 电池"
NOTE = "内部备注：张三的做法别写出去"
WAIT = 60_000


@pytest.fixture
def window(qtbot, qapp, tmp_path):
    qapp.setStyle("Fusion")
    fonts.install()
    store = SettingsStore(tmp_path / "settings.json")
    made = MainWindow(Theme(qapp, Mode.LIGHT), store, Opener(tmp_path / "samples"))
    qtbot.addWidget(made)
    made.resize(1366, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    if made.shell is not None:
        made.lock()
    made.close()


def press(parent: QWidget, word: str) -> None:
    """Click the one visible button with that word."""
    (button,) = [
        button
        for button in parent.findChildren(QPushButton)
        if button.text() == word and button.isVisible() and button.isEnabled()
    ]
    button.click()


def create(qtbot, window: MainWindow, path: Path) -> None:
    window.start.doors[0].click()
    page = window.start._create
    page.name_field.set_text(NAME)
    page.go_on()
    page.path_field.set_text(str(path))
    page.go_on()
    page.secret.first.line.setText(PASSPHRASE)
    page.secret.second.line.setText(PASSPHRASE)
    with qtbot.waitSignal(window.unlocked, timeout=WAIT):
        page.go_on()


def unlock(qtbot, window: MainWindow, path: Path) -> None:
    window.open_path(path)
    window.start.card.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(window.unlocked, timeout=WAIT):
        window.start.card.unlock.click()


def text_of(pdf: Path) -> str:
    return "".join("".join(by_pdfium(pdf.read_bytes())).split())


def test_from_a_new_vault_to_the_bureaus_pdf(qtbot, window, tmp_path, monkeypatch):
    path = tmp_path / "保密办 的 文件" / "企业𬭎.tsg"
    path.parent.mkdir()

    create(qtbot, window, path)
    shell = window.shell
    assert shell.current == "profile"
    profile = shell.page("profile")
    profile.open_at("credit_code")
    qtbot.keyClicks(profile.form.entries["credit_code"].field.line, "91350100m000100y43")
    shell.flush()
    assert shell.model.session.enterprise.credit_code == "91350100M000100Y43"
    for module in ("XIC", "XPR"):
        profile.scope.ticks[module].click()
    assert profile.scope.ticks["XFO"].isChecked(), "打印耗材 brings 涉外经贸 along"
    press(profile, "先做快速自测（25题，约15分钟）")
    session = shell.model.session
    assert session.assessment.modules == ("XIC", "XPR", "XFO")

    # Two questions of the quick check, whose answers are the items' own.
    assert shell.current == "quick"
    quick = shell.page("quick")
    asked = [item for item in session.checklist.items() if item.quick]
    for item, key in zip(asked[:2], (Qt.Key.Key_1, Qt.Key.Key_3), strict=True):
        qtbot.waitUntil(lambda item=item: quick.place() == item.id, timeout=WAIT)
        qtbot.keyClick(quick.focusWidget() or quick, key)
    assert [session.answer(item.id).verdict for item in asked[:2]] == [Verdict.MET, Verdict.NOT_MET]

    # Every item of one section, by keys alone.
    section = next(each for each in session.checklist.sections if each.id == "TRN")
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
    shell.go(f"checklist:{section.items[0].id}")
    checklist = shell.page("checklist")
    for item, key in zip(section.items, keys, strict=True):
        assert checklist.place() == item.id
        qtbot.keyClick(checklist.focusWidget() or checklist, key)
        qtbot.keyClick(checklist.focusWidget() or checklist, Qt.Key.Key_J)
    given = [session.answer(item.id).verdict for item in section.items]
    assert given == [Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.UNKNOWN]
    shell.go("checklist:TRN-02")
    (note,) = [
        field for field in checklist.findChildren(PlainTextField) if field.label.startswith("内部备注")
    ]
    note.editor.setPlainText(NOTE)
    shell.go("results")
    before = session.sheet()
    assert before.answered == 6
    assert before.unit_of("TRN").claimed == 13  # 3 × (4×1 + 4×0.5) ÷ (4+4+3+3) = 1.29

    with qtbot.waitSignal(window.locked):
        window.lock()
    assert window.shell is None
    assert list(path.parent.iterdir()) == [path], "one file and nothing beside it"

    unlock(qtbot, window, path)
    shell = window.shell
    assert shell.current == "results", "one continues where one was"
    session = shell.model.session
    assert session.enterprise.name == NAME
    assert session.sheet() == before
    assert session.answer("TRN-02").note == NOTE

    shell.go("export")
    export = shell.page("export")
    written = {}
    for level in (Level.SUBMISSION, Level.INTERNAL):
        target = written[level] = tmp_path / f"报告 {level}.pdf"
        shell.go(f"export:{level}")
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_a, target=target, **_k: (str(target), "")
        )
        press(export, "导出…")
        qtbot.waitUntil(target.exists, timeout=WAIT)
        qtbot.waitUntil(lambda: not window.tasks.busy, timeout=WAIT)
    submission, internal = (text_of(written[level]) for level in (Level.SUBMISSION, Level.INTERNAL))
    for text in (submission, internal):
        assert NAME in text
        assert "91350100M000100Y43" in text
        assert section.items[0].text in text
        assert "示例申报方案（非官方）" in text
    assert "张三" in internal
    assert "张三" not in submission


def test_undo_and_a_wrong_passphrase(qtbot, window, tmp_path):
    path = tmp_path / "企业.tsg"
    create(qtbot, window, path)
    shell = window.shell
    shell.model.choose_modules([])
    shell.model.answer("ORG-01", Verdict.MET)
    shell.model.undo()
    assert shell.model.session.answer("ORG-01").verdict is None
    shell.model.redo()
    assert shell.model.session.answer("ORG-01").verdict is Verdict.MET
    window.lock()

    window.start.card.passphrase.line.setText("nicht das richtige")
    window.start.card.unlock.click()
    qtbot.waitUntil(lambda: bool(window.start.card.passphrase.error), timeout=WAIT)
    assert "口令不对" in window.start.card.passphrase.error
    unlock(qtbot, window, path)
    assert window.shell.model.session.answer("ORG-01").verdict is Verdict.MET
