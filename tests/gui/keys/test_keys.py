"""Passphrase and recovery code in the window: changed, shown, proven; nothing left when a sheet closes."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from support.account import Account
from support.popups import Popups
from support.vaults import PASSPHRASE, QUICK

from tsguard.errors import WriteFailed, WrongPassphrase
from tsguard.gui.keys.section import KeysSection
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.services import recovery
from tsguard.services.quick_unlock import QuickUnlock
from tsguard.services.session import Session

NEW = "新的口令-staple-𠮷"


@pytest.fixture
def section(
    qtbot: QtBot, theme: Theme, model: SessionModel, tasks: Tasks, tmp_path: Path
) -> Iterator[KeysSection]:
    made = KeysSection(theme, model, tasks, QuickUnlock(tmp_path / "keys"))
    made.resize(1100, 700)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def fill_in(section: KeysSection, old: str, new: str, again: str | None = None) -> None:
    panel = section.passphrase
    panel.proof.passphrase.line.setText(old)
    panel.new.first.line.setText(new)
    panel.new.second.line.setText(new if again is None else again)


def code_of(model: SessionModel) -> str:
    return " ".join(recovery.groups(model.session))


class TestChangingThePassphrase:
    def test_the_new_one_opens_and_the_old_one_does_not(
        self, qtbot: QtBot, section: KeysSection, model: SessionModel
    ) -> None:
        section.change_passphrase()
        fill_in(section, PASSPHRASE, NEW)
        with qtbot.waitSignal(section.passphrase.changed):
            qtbot.keyClick(section.passphrase.new.second.line, Qt.Key.Key_Return)
        assert "新口令" in section.passphrase.done.accessibleName()
        assert "作废" in section.passphrase.done.accessibleName()
        path = model.session.path
        model.lock()
        with pytest.raises(WrongPassphrase):
            Session.open(path, PASSPHRASE, profiles=QUICK)
        Session.open(path, NEW, profiles=QUICK).close()

    def test_a_wrong_old_one_changes_nothing(
        self, qtbot: QtBot, section: KeysSection, model: SessionModel
    ) -> None:
        key = model.session.file.key_id
        section.change_passphrase()
        fill_in(section, "not the passphrase", NEW)
        section.passphrase.act.click()
        qtbot.waitUntil(lambda: bool(section.passphrase.proof.passphrase.error))
        assert "没有更改" in section.passphrase.proof.passphrase.error
        assert model.session.file.key_id == key
        assert section.passphrase.act.isEnabled()

    @pytest.mark.parametrize(
        ("old", "new", "again", "said"),
        [
            (PASSPHRASE, "short", "short", "至少要8个字符"),
            (PASSPHRASE, NEW, NEW + "x", "不一样"),
            (PASSPHRASE, NEW, "", "再输一遍"),
            (PASSPHRASE, PASSPHRASE, PASSPHRASE, "和现在的口令一样"),
            ("", NEW, NEW, "请输入口令"),
        ],
    )
    def test_what_can_not_be_is_said_at_once(
        self, section: KeysSection, model: SessionModel, old: str, new: str, again: str, said: str
    ) -> None:
        key = model.session.file.key_id
        section.change_passphrase()
        fill_in(section, old, new, again)
        section.passphrase.act.click()
        panel = section.passphrase
        errors = panel.proof.passphrase.error + panel.new.first.error + panel.new.second.error
        assert said in errors
        assert model.session.file.key_id == key

    def test_a_full_disk_is_explained_and_the_old_one_stays(
        self, qtbot: QtBot, section: KeysSection, model: SessionModel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_given: object, **_named: object) -> None:
            raise WriteFailed(model.session.path, "test")

        monkeypatch.setattr(model.session.file, "change_passphrase", full)
        section.change_passphrase()
        fill_in(section, PASSPHRASE, NEW)
        section.passphrase.act.click()
        qtbot.waitUntil(section.passphrase.trouble.isVisible)
        assert model.session.file.proves(PASSPHRASE)

    def test_with_the_recovery_code_where_the_old_one_is_lost(
        self, qtbot: QtBot, section: KeysSection, model: SessionModel
    ) -> None:
        section.change_passphrase()
        section.passphrase.proof.other.click()
        section.passphrase.proof.code.area.setPlainText(code_of(model))
        fill_in(section, "", NEW)
        with qtbot.waitSignal(section.passphrase.changed):
            section.passphrase.act.click()
        assert model.session.file.proves(NEW)

    def test_the_answer_is_seen_although_the_sheet_was_closed(
        self, qtbot: QtBot, section: KeysSection
    ) -> None:
        section.change_passphrase()
        fill_in(section, PASSPHRASE, NEW)
        with qtbot.waitSignal(section.passphrase.changed):
            section.passphrase.act.click()
            section._sheets[section.passphrase].dismiss()
        assert section.passphrase.done.isVisible()

    def test_nothing_typed_waits_behind_a_closed_sheet(self, section: KeysSection) -> None:
        section.change_passphrase()
        fill_in(section, PASSPHRASE, NEW)
        section._sheets[section.passphrase].dismiss()
        assert not any(line.text() for line in section.passphrase.findChildren(QLineEdit))


class TestTheCode:
    def show(self, qtbot: QtBot, section: KeysSection) -> None:
        section.show_code()
        section.recovery.proof.passphrase.line.setText(PASSPHRASE)
        section.recovery.show_code.click()
        qtbot.waitUntil(section.recovery.drill.isVisible)

    def words(self, section: KeysSection) -> str:
        return " ".join(label.text() for label in section.recovery.groups.findChildren(QLabel))

    def test_it_is_shown_after_the_passphrase(
        self, qtbot: QtBot, section: KeysSection, model: SessionModel
    ) -> None:
        self.show(qtbot, section)
        for group in recovery.groups(model.session):
            assert group in self.words(section)

    def test_not_for_somebody_who_does_not_know_it(self, qtbot: QtBot, section: KeysSection) -> None:
        section.show_code()
        section.recovery.proof.passphrase.line.setText("guess guess")
        section.recovery.show_code.click()
        qtbot.waitUntil(lambda: bool(section.recovery.proof.passphrase.error))
        assert not section.recovery.drill.isVisible()
        assert not self.words(section)

    def test_closing_forgets_it(self, qtbot: QtBot, section: KeysSection, model: SessionModel) -> None:
        self.show(qtbot, section)
        section._sheets[section.recovery].dismiss()
        QApplication.sendPostedEvents(None, 52)  # deferred deletes
        group = recovery.groups(model.session)[0]
        gc.collect()
        shown = [label.text() for label in section.recovery.findChildren(QLabel)]
        assert not any(group in text for text in shown)

    def test_the_sheet_is_written_and_taken_away_again(
        self, qtbot: QtBot, section: KeysSection, tmp_path: Path
    ) -> None:
        self.show(qtbot, section)
        target = tmp_path / "恢复码.pdf"
        section.recovery.save_to(target)
        assert target.read_bytes().startswith(b"%PDF")
        assert "请删掉" in section.recovery.paper.accessibleName()
        section.recovery.paper.acted.emit()
        assert not target.exists()
        assert "已经删掉" in section.recovery.paper.accessibleName()

    def test_a_place_that_can_not_be_written(
        self, qtbot: QtBot, section: KeysSection, model: SessionModel, tmp_path: Path
    ) -> None:
        self.show(qtbot, section)
        section.recovery.save_to(tmp_path / "no" / "x.pdf")
        assert section.recovery.paper.isVisible()
        section.recovery.save_to(model.session.path)
        assert model.session.file.verify_journal() > 0


class TestTheDrill:
    def test_the_right_code_opens(self, qtbot: QtBot, section: KeysSection, model: SessionModel) -> None:
        section.prove_code()
        section.drill.code.area.setPlainText(code_of(model).lower())
        section.drill.act.click()
        qtbot.waitUntil(section.drill.result.isVisible)
        assert "打得开" in section.drill.result.accessibleName()
        assert not section.drill.code.text()

    def test_a_wrong_group_is_named_while_typing(self, section: KeysSection, model: SessionModel) -> None:
        groups = list(recovery.groups(model.session))
        groups[4] = groups[4][:-1] + ("0" if groups[4][-1] != "0" else "1")
        section.prove_code()
        section.drill.code.area.setPlainText(" ".join(groups))
        assert "第5组" in section.drill.code.error
        section.drill.act.click()
        assert not section.drill.result.isVisible()

    def test_the_code_of_before(self, qtbot: QtBot, section: KeysSection, model: SessionModel) -> None:
        old = code_of(model)
        model.session.file.change_passphrase(NEW)
        section.prove_code()
        section.drill.code.area.setPlainText(old)
        section.drill.act.click()
        qtbot.waitUntil(section.drill.result.isVisible)
        assert "打不开" in section.drill.result.accessibleName()

    def test_nothing_goes_to_the_clipboard(
        self, qtbot: QtBot, section: KeysSection, model: SessionModel
    ) -> None:
        clipboard = QApplication.clipboard()
        clipboard.setText("before")
        section.prove_code()
        area: QPlainTextEdit = section.drill.code.area
        area.setPlainText(code_of(model))
        area.selectAll()
        for key in (Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Insert):
            qtbot.keyClick(area, key, Qt.KeyboardModifier.ControlModifier)
        assert clipboard.text() == "before"
        assert area.toPlainText() == code_of(model)
        area.copy()
        assert code_of(model)[:6] not in clipboard.text()


class TestWhatTheSystemKeeps:
    @pytest.fixture
    def quick(self, tmp_path: Path) -> QuickUnlock:
        return QuickUnlock(tmp_path / "keys", Account("明"))

    @pytest.fixture
    def section(
        self, qtbot: QtBot, theme: Theme, model: SessionModel, tasks: Tasks, quick: QuickUnlock
    ) -> Iterator[KeysSection]:
        made = KeysSection(theme, model, tasks, quick)
        made.resize(1100, 700)
        qtbot.addWidget(made)
        made.show()
        yield made
        made.close()

    def test_nothing_is_a_window_of_its_own_while_the_form_is_made(
        self,
        qtbot: QtBot,
        theme: Theme,
        model: SessionModel,
        tasks: Tasks,
        quick: QuickUnlock,
        popups: Popups,
    ) -> None:
        """Shown before it has a parent, a tick flashes on the desktop."""
        made = KeysSection(theme, model, tasks, quick)
        qtbot.addWidget(made)
        made.show()
        assert popups.seen == ["KeysSection"]
        assert made.keep.isVisible()

    def tick(self, section: KeysSection, passphrase: str) -> None:
        section.keep.click()
        section.keeping.proof.passphrase.line.setText(passphrase)
        section.keeping.act.click()

    def test_only_after_the_passphrase(
        self, qtbot: QtBot, section: KeysSection, quick: QuickUnlock, model: SessionModel
    ) -> None:
        assert section.keep.isVisible()
        self.tick(section, "a colleague's guess")
        qtbot.waitUntil(lambda: bool(section.keeping.proof.passphrase.error))
        assert not quick.keeps(model.session.file)
        assert not section.keep.isChecked()
        self.tick(section, PASSPHRASE)
        qtbot.waitUntil(section.keep.isChecked)
        assert quick.keeps(model.session.file)
        section.keep.click()
        assert not quick.keeps(model.session.file)

    def test_an_answer_after_the_sheet_was_closed_counts_for_nothing(
        self, qtbot: QtBot, section: KeysSection, quick: QuickUnlock, model: SessionModel, tasks: Tasks
    ) -> None:
        self.tick(section, PASSPHRASE)
        section._sheets[section.keeping].dismiss()
        qtbot.waitUntil(lambda: not tasks.busy)
        assert not quick.keeps(model.session.file)

    def test_a_new_passphrase_ends_it(
        self, qtbot: QtBot, section: KeysSection, quick: QuickUnlock, model: SessionModel, tmp_path: Path
    ) -> None:
        self.tick(section, PASSPHRASE)
        qtbot.waitUntil(section.keep.isChecked)
        section.change_passphrase()
        fill_in(section, PASSPHRASE, NEW)
        with qtbot.waitSignal(section.passphrase.changed):
            section.passphrase.act.click()
        assert not quick.keeps(model.session.file)
        assert not section.keep.isChecked()
        assert not list((tmp_path / "keys").iterdir())

    def test_a_system_that_says_no(self, qtbot: QtBot, section: KeysSection, tmp_path: Path) -> None:
        (tmp_path / "keys").write_text("a file")
        self.tick(section, PASSPHRASE)
        qtbot.waitUntil(lambda: bool(section.keeping.proof.passphrase.error))
        assert not section.keep.isChecked()


def test_no_tick_where_the_system_keeps_nothing(section: KeysSection) -> None:
    assert section.keep.isHidden() != section._quick.available


def test_a_code_that_is_proven_after_the_sheet_closed_is_not_shown(
    qtbot: QtBot, section: KeysSection, model: SessionModel, tasks: Tasks
) -> None:
    section.show_code()
    section.recovery.proof.passphrase.line.setText(PASSPHRASE)
    section.recovery.show_code.click()
    assert tasks.busy
    section._sheets[section.recovery].dismiss()
    qtbot.waitUntil(lambda: not tasks.busy)
    qtbot.wait(20)
    said = [label.text() for label in section.recovery.findChildren(QLabel)]
    assert not set(recovery.groups(model.session)) & set(said)
    section.show_code()
    assert section.recovery.isEnabled()
    assert section.recovery.proof.isVisible()


def test_a_change_that_fails_after_the_sheet_closed_is_told_and_keeps_nothing_typed(
    qtbot: QtBot, section: KeysSection, tasks: Tasks
) -> None:
    section.change_passphrase()
    fill_in(section, "not the passphrase", NEW)
    section.passphrase.act.click()
    assert tasks.busy
    section._sheets[section.passphrase].dismiss()
    qtbot.waitSignal(section.passphrase.refused).wait()
    assert section.passphrase.isVisible()
    assert "没有更改" in section.passphrase.proof.passphrase.error
    assert section.passphrase.new.text() == ""


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights there")
def test_a_sheet_that_was_saved_through_a_link_is_deleted_itself(
    section: KeysSection, tmp_path: Path
) -> None:
    real, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    real.write_bytes(b"")
    link.symlink_to(real)
    section.recovery.save_to(link)
    assert real.read_bytes().startswith(b"%PDF")
    section.recovery.paper.acted.emit()
    assert not real.exists()
