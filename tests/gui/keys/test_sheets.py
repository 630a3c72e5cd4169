"""The sheets of passphrase and recovery code: where the keyboard is, and what a closed sheet leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.vaults import PASSPHRASE

from tsguard.gui.keys.section import KeysSection
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.services.quick_unlock import QuickUnlock


@pytest.fixture
def section(qtbot, theme: Theme, model: SessionModel, tasks: Tasks, tmp_path: Path) -> KeysSection:
    made = KeysSection(theme, model, tasks, QuickUnlock(tmp_path / "keys"))
    qtbot.addWidget(made)
    made.resize(900, 620)
    made.show()
    return made


def show_code(qtbot, section: KeysSection) -> None:
    section.show_code()
    section.recovery.proof.passphrase.line.setText(PASSPHRASE)
    section.recovery.show_code.click()
    qtbot.waitUntil(section.recovery.drill.isVisible, timeout=20_000)


def test_a_sheet_opens_with_the_keyboard_in_its_first_field(section: KeysSection):
    # A passphrase with a space in it would press the close button otherwise.
    section.change_passphrase()
    assert QApplication.focusWidget() is section.passphrase.proof.passphrase.line
    section.show_code()
    assert QApplication.focusWidget() is section.recovery.proof.passphrase.line
    section.prove_code()
    assert QApplication.focusWidget() is section.drill.code.area


def test_a_wrong_old_passphrase_is_where_the_keyboard_is(qtbot, section: KeysSection):
    section.change_passphrase()
    panel = section.passphrase
    panel.proof.passphrase.line.setText("wrong old one")
    panel.new.first.line.setText("船锚 battery 海浪")
    panel.new.second.line.setText("船锚 battery 海浪")
    panel.act.click()
    qtbot.waitUntil(panel.act.isEnabled, timeout=20_000)
    assert panel.proof.passphrase.error
    assert QApplication.focusWidget() is panel.proof.passphrase.line
    assert panel.proof.passphrase.line.selectedText()


def test_a_person_who_came_by_code_is_asked_for_the_code(section: KeysSection):
    section.change_passphrase(by_code=True)
    assert section.passphrase.proof.by_code
    assert QApplication.focusWidget() is section.passphrase.proof.code.area
    section.change_passphrase()
    assert not section.passphrase.proof.by_code


def test_tab_goes_through_the_field_that_is_asked_for(qtbot, section: KeysSection):
    section.change_passphrase()
    proof = section.passphrase.proof
    proof.other.click()
    qtbot.keyClick(proof.code.area, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is proof.other
    proof.other.click()
    qtbot.keyClick(proof.passphrase.line, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is proof.passphrase.line.eye
    qtbot.keyClick(proof.passphrase.line.eye, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is proof.other


class TestThePdf:
    def test_going_on_to_the_drill_does_not_forget_it(self, qtbot, section: KeysSection, tmp_path: Path):
        sheet = tmp_path / "恢复码𬭎.pdf"
        show_code(qtbot, section)
        section.recovery.save_to(sheet)
        assert not section.left_paper.isVisible()
        section.recovery.drill.click()
        assert section.left_paper.isVisible()
        assert sheet.name in section.left_paper.accessibleName()
        section.left_paper.acted.emit()
        assert not sheet.exists()
        assert "已经删掉" in section.left_paper.accessibleName()

    def test_once_deleted_it_is_not_spoken_of_again(self, qtbot, section: KeysSection, tmp_path: Path):
        sheet = tmp_path / "恢复码.pdf"
        show_code(qtbot, section)
        section.recovery.save_to(sheet)
        section.recovery.paper.acted.emit()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert not section.left_paper.isVisible()
