"""佐证: files go in through the worker and come out as they were; records save themselves."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Tier
from tsguard.gui.pages.evidence import EvidencePage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Mode, Theme
from tsguard.gui.widgets.signs import Severity


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "某客户-保密协议.pdf"
    made.write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 5000)
    return made


def paper(title: str, **values: object) -> Evidence:
    return Evidence(id="", enterprise="", title=title, paper_at="档案室", **values)  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot, theme: Theme, model: SessionModel, tasks: Tasks, tmp_path: Path) -> EvidencePage:
    model.session.cabinet.add(paper("任命文件", items=("ORG-01", "ORG-02")))
    model.session.cabinet.add(paper("旧门禁名单", expires=date(2026, 11, 11), items=("PHY-01",)))
    model.session.cabinet.add(paper("未关联的记录"))
    made = EvidencePage(theme, model, tasks, private=tmp_path / "private")
    made.resize(1166, 720)
    qtbot.addWidget(made)
    made.show()
    return made


def titles(page: EvidencePage) -> list[str]:
    return [each.title for each in page.table.shown()]


def add(qtbot, page: EvidencePage, *paths: Path) -> None:
    with qtbot.waitSignal(page.intake.finished, timeout=10_000):
        page.add_files(paths)


class TestList:
    def test_the_head_counts(self, page):
        assert page._header._facts.text() == "3件 · 支持3条 · 1件已过期 · 1件未关联条款"

    @pytest.mark.parametrize(
        ("kept", "found"),
        [
            ("paper", ["任命文件", "旧门禁名单", "未关联的记录"]),
            ("file", []),
            ("expired", ["旧门禁名单"]),
            ("unlinked", ["未关联的记录"]),
        ],
    )
    def test_filters(self, page, kept, found):
        page.view.choose_filter(kept)
        assert titles(page) == found

    def test_search_finds_an_item(self, page):
        page.view.search.setText("phy-01")
        assert titles(page) == ["旧门禁名单"]

    def test_an_expired_piece_has_sign_and_weight(self, page):
        cell = page.table.rows.cell(1, 3)
        assert (cell.icon, cell.strong, cell.tone, cell.tip) == ("clock", True, "bad", "已过期12天")

    def test_an_empty_cabinet_says_what_to_do(self, qtbot, theme, model, tasks):
        made = EvidencePage(theme, model, tasks)
        qtbot.addWidget(made)
        assert made.view._stack.currentWidget() is made.view._empty
        assert "拖到这里" in made._empty._text.text()


class TestFilesIn:
    def test_a_file_is_stored_and_named_by_nobody_but_the_person(self, qtbot, page, model, file):
        add(qtbot, page, file)
        piece = model.session.cabinet.get("E-04")
        assert piece.title == "待命名佐证"
        assert piece.file_name == file.name
        assert piece.media_type == "application/pdf"
        assert piece.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
        assert page.form.record == piece
        assert page.fields.unnamed.isVisible()
        page.fields.unnamed._link.click()
        assert model.session.cabinet.get("E-04").title == "某客户-保密协议"
        assert not page.fields.unnamed.isVisible()

    def test_several_files_and_one_that_is_refused(self, qtbot, page, model, file, tmp_path):
        empty = tmp_path / "空.txt"
        empty.touch()
        other = tmp_path / "b.txt"
        other.write_text("b")
        add(qtbot, page, file, empty, tmp_path / "没有.pdf", other)
        assert len(model.session.cabinet) == 5
        said = [message.title for message in page.view.messages.messages]
        assert any("是空文件" in title for title in said)
        assert any("读不了文件" in title for title in said)
        assert page.form.record.id == "E-04"

    def test_a_folder_is_said_and_the_files_beside_it_go_in(self, qtbot, page, model, file, tmp_path):
        folder = tmp_path / "夹"
        folder.mkdir()
        page.add_files([folder])
        assert not page.intake.busy
        add(qtbot, page, folder, file)
        assert len(model.session.cabinet) == 4
        assert [message.title for message in page.view.messages.messages] == ["文件夹不能直接添加"]

    def test_too_large_is_said(self, qtbot, page, model, file):
        model.session.cabinet.set_limit(1000)
        add(qtbot, page, file)
        assert "超过佐证上限" in page.view.messages.messages[0].title
        assert len(model.session.cabinet) == 3

    def test_the_same_content_twice_is_said(self, qtbot, page, file):
        add(qtbot, page, file)
        add(qtbot, page, file)
        assert any(message.title == "E-05与E-04内容相同" for message in page.view.messages.messages)

    def test_cancelling_keeps_nothing_of_what_waits(self, qtbot, page, model, file):
        with qtbot.waitSignal(page.intake.finished, timeout=10_000):
            page.add_files([file, file, file])
            page.intake.cancel()
        assert len(model.session.cabinet) == 3
        assert not page.view.messages.messages

    def test_locking_while_files_come_in(self, qtbot, page, model, tasks, file):
        page.add_files([file, file])
        model.lock()
        qtbot.waitUntil(lambda: not tasks.busy)
        assert model.session.closed

    def test_dropping(self, qtbot, page, model, file):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        actions, button, keys = (
            Qt.DropAction.CopyAction,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        entered = QDragEnterEvent(QPoint(50, 50), actions, data, button, keys)
        QApplication.sendEvent(page, entered)
        assert page._veil.isVisible()
        page.grab()
        dropped = QDropEvent(QPoint(50, 50), actions, data, button, keys)
        with qtbot.waitSignal(page.intake.finished, timeout=10_000):
            QApplication.sendEvent(page, dropped)
        assert not page._veil.isVisible()
        assert len(model.session.cabinet) == 4

    def test_undo_takes_a_file_out_and_its_form_away(self, qtbot, page, model, file):
        add(qtbot, page, file)
        model.undo()
        assert len(model.session.cabinet) == 3
        assert not page.form.isVisible()


class TestForm:
    def test_fields_are_stored(self, page, model):
        page.open_at("E-01")
        page.fields.title.line.setText("任命书")
        page.fields.dated.line.setText("2026/1/5")
        page.fields.pages.line.setText("2")
        page.form.flush()
        page.fields.redacted.click()
        page.fields.tier._activated(1)
        piece = model.session.cabinet.get("E-01")
        assert (piece.title, piece.dated, piece.pages) == ("任命书", date(2026, 1, 5), 2)
        assert piece.redacted
        assert piece.tier is Tier.CORE
        page.fields.tier._activated(0)
        assert model.session.cabinet.get("E-01").tier is None

    def test_linked_items_stand_first_and_toggle_by_key(self, qtbot, page, model):
        page.open_at("E-02")
        links = page.fields.links
        assert links._links.in_order() == ("PHY-01",)
        assert links._found.index(0, 0).data().startswith("PHY-01")
        links._search.setText("ORG-03")
        links._view.setCurrentIndex(links._found.index(0, 0))
        qtbot.keyClick(links._view, Qt.Key.Key_Space)
        assert model.session.cabinet.get("E-02").items == ("ORG-03", "PHY-01")
        assert links._count.text() == "2条"
        qtbot.keyClick(links._view, Qt.Key.Key_Space)
        assert model.session.cabinet.get("E-02").items == ("PHY-01",)

    def test_what_there_is_to_say(self, page):
        page.open_at("E-02")
        assert page.fields.expires.error == "已过期12天"
        assert any("有效期" in text for text in page.fields.remarks.texts)
        page.open_at("E-03")
        assert any("还没有关联条款" in text for text in page.fields.remarks.texts)
        page.form.change(tier=Tier.IMPORTANT)
        assert any("没有脱敏" in text for text in page.fields.remarks.texts)

    def test_file_facts_are_shown_and_copied(self, qtbot, page, model, file):
        add(qtbot, page, file)
        piece = model.session.cabinet.get("E-04")
        assert page.fields.facts.isVisible()
        assert not page.fields.paper_at.isVisible()
        assert page.fields.facts._sm3.text() == piece.sm3
        page.fields.facts._copy()
        assert piece.sha256 in QApplication.clipboard().text()
        page.open_at("E-01")
        assert not page.fields.facts.isVisible()
        assert page.fields.paper_at.isVisible()

    def test_paper_needs_title_and_place(self, page, model):
        page.add_paper()
        page.fields.title.line.setText("公证书")
        page.form.flush()
        assert len(model.session.cabinet) == 3
        page.fields.paper_at.line.setText("法务柜")
        page.form.flush()
        piece = model.session.cabinet.get("E-04")
        assert (piece.title, piece.paper_at) == ("公证书", "法务柜")
        assert page.form.record == piece

    def test_a_refused_title_stays_on_screen(self, page, model):
        page.open_at("E-01")
        page.fields.title.line.clear()
        page.form.flush()
        assert page.fields.title.error
        assert model.session.cabinet.get("E-01").title == "任命文件"

    def test_an_id_the_checklist_lost_is_listed(self, page):
        page.fields.links.set_items([("ORG-01", "一")])
        page.open_at("E-02")
        assert "现在的清单里没有" in page.fields.links._found.index(0, 0).data()

    def test_deleting_and_undo(self, page, model):
        page.open_at("E-01")
        page.delete_current()
        assert "E-01" not in model.session.cabinet
        message = page.view.messages.messages[0]
        assert "2条条款少了这件佐证" in message.text
        message.actions[0].run()
        assert model.session.cabinet.get("E-01").items == ("ORG-01", "ORG-02")


class TestFilesOut:
    def test_the_copy_is_warned_of_and_is_the_same(self, qtbot, page, file, tmp_path):
        add(qtbot, page, file)
        page.warn_of_copy()
        assert page.view.messages.messages[0].title == "另存的副本不加密"
        target = tmp_path / "out.pdf"
        page.out.saving.save(page.form.record, target)
        qtbot.waitUntil(lambda: not page.out.saving.busy, timeout=10_000)
        assert target.read_bytes() == file.read_bytes()
        assert page.view.messages.messages[0].title == "副本已另存"

    def test_damaged_content_leaves_no_file(self, qtbot, page, model, file, tmp_path):
        add(qtbot, page, file)
        with model.session._vault._access() as database, database.transaction():
            database.execute("UPDATE file_chunks SET content = x'00'")
        page.out.saving.save(page.form.record, tmp_path / "out.pdf")
        qtbot.waitUntil(lambda: not page.out.saving.busy, timeout=10_000)
        assert not (tmp_path / "out.pdf").exists()
        assert "有损坏" in page.view.messages.messages[0].title

    def test_many_are_saved_chosen_or_listed(self, qtbot, page, file, tmp_path):
        other = tmp_path / "b.txt"
        other.write_text("b")
        third = tmp_path / "c.txt"
        third.write_text("c")
        add(qtbot, page, file, other, third)
        assert [piece.id for piece in page.out.files_meant()] == ["E-04", "E-05", "E-06"]
        page.table.choose(lambda piece: piece.id == "E-05")
        qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert [piece.id for piece in page.out.files_meant()] == ["E-05", "E-06"]
        page.out.save_meant()
        message = page.view.messages.messages[0]
        assert message.title == "另存的副本不加密"
        assert "2件" in message.text
        folder = tmp_path / "out"
        folder.mkdir()
        page.out.saving.save_all(page.out.files_meant(), folder)
        qtbot.waitUntil(lambda: not page.out.saving.busy, timeout=10_000)
        assert sorted(each.name for each in folder.iterdir()) == [
            "E-05_待命名佐证.txt",
            "E-06_待命名佐证.txt",
        ]
        assert page.view.messages.messages[0].title == "已另存2件"

    def test_all_files_are_checked_and_faults_are_named(self, qtbot, page, model, file):
        add(qtbot, page, file)
        with qtbot.waitSignal(page.out.check.finished, timeout=10_000):
            page.out.check.run()
        assert page.view.messages.messages[0].title == "1件文件都与存入时一致"
        with model.session._vault._access() as database, database.transaction():
            database.execute("UPDATE file_chunks SET content = x'00'")
        with qtbot.waitSignal(page.out.check.finished, timeout=10_000):
            page.out.check.run()
        message = page.view.messages.messages[0]
        assert message.title == "1件文件与登记的不符"
        assert "E-04的内容与存入时不一致。" in message.text
        message.actions[0].run()
        assert "E-04" in QApplication.clipboard().text()

    def test_locking_stops_a_check(self, qtbot, page, model, tasks, file):
        add(qtbot, page, file)
        page.out.check.run()
        model.lock()
        qtbot.waitUntil(lambda: not tasks.busy)
        assert all(message.severity is Severity.GOOD for message in page.view.messages.messages)
        assert not page.out.check.busy

    def test_paper_has_no_ways_out_even_while_it_is_typed_into(self, page):
        page.open_at("E-01")
        page.fields.title.line.setText("任命书")
        assert not page.out.look.isVisible()
        assert not page.out.ways.isVisible()

    @pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    def test_the_menus_offer_what_there_is(self, qtbot, page, file):
        page.out._offer_more()
        menu = QApplication.activePopupWidget()
        assert [(act.text(), act.isEnabled()) for act in menu.actions()] == [
            ("另存列出的0件文件…", False),
            ("核对全部文件", False),
        ]
        menu.close()
        add(qtbot, page, file)
        page.out._offer_ways()
        menu = QApplication.activePopupWidget()
        assert [act.text() for act in menu.actions()] == ["用其他程序打开…", "另存为…"]
        menu.close()


def test_a_change_of_theme_is_a_repaint(qtbot, page, theme):
    page.open_at("E-01")
    before = page.grab().toImage()
    theme.set_mode(Mode.DARK)
    assert page.grab().toImage() != before


def test_a_change_from_elsewhere_shows_in_the_form(page, model):
    page.open_at("E-01")
    model.put_evidence(replace(model.session.cabinet.get("E-01"), title="别处改的"))
    assert page.fields.title.text() == "别处改的"
    assert page.table.value().title == "别处改的"
