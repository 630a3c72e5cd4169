"""秘点台账: what is typed is stored, what is refused stays on screen, what is deleted comes back."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tsguard.domain.scales import Tier
from tsguard.domain.secret_points import Category, Origin, SecretPoint, SecretPointType
from tsguard.errors import DiskFull
from tsguard.gui.pages.secret_points import SecretPointsPage, in_a_year
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Mode, Theme

TODAY = date(2026, 11, 23)


def point(name: str, **values: object) -> SecretPoint:
    whole = {
        "tier": Tier.IMPORTANT,
        "formed_on": date(2025, 1, 1),
        "location": "保密柜",
        "holders": 3,
        "review_on": date(2027, 1, 1),
    }
    return SecretPoint(id="", enterprise="", name=name, **(whole | values))  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot, theme: Theme, model: SessionModel) -> SecretPointsPage:
    model.session.points.add(point("玄武", tier=Tier.CORE, review_on=date(2026, 11, 1)))
    model.session.points.add(point("朱雀", kind="良率", origin=Origin.JOINT))
    model.session.points.add(point("青龙", tier=Tier.GENERAL, location="𬭎㵘档案室"))
    made = SecretPointsPage(theme, model)
    made.resize(1166, 720)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(page: SecretPointsPage) -> list[str]:
    return [each.name for each in page.table.shown()]


def facts(page: SecretPointsPage) -> str:
    return page._header._facts.text()


class TestList:
    def test_the_head_counts_tiers_and_overdue_reviews(self, page):
        assert facts(page) == "核心1 · 重要1 · 一般1 · 1项复核逾期"

    def test_search_finds_name_number_kind_and_place(self, page):
        for sought, found in (("玄", "玄武"), ("sp-0002", "朱雀"), ("良率", "朱雀"), ("𬭎", "青龙")):
            page.view.search.setText(sought)
            assert texts(page) == [found]
        page.view.search.setText("没有的")
        assert texts(page) == []
        assert page.view._nothing.isVisible()

    def test_filters_keep_a_tier_or_what_needs_work(self, page):
        page.view.choose_filter(Tier.CORE)
        assert texts(page) == ["玄武"]
        page.open_at("todo")
        assert texts(page) == ["玄武"]

    def test_a_hint_alone_is_no_work(self, page, model):
        assert any(model.session.findings(model.session.points.get("SP-0002")))
        page.view.choose_filter("todo")
        assert "朱雀" not in texts(page)

    def test_an_overdue_review_has_sign_word_and_weight(self, page):
        cell = page.table.rows.cell(0, 8)
        assert (cell.icon, cell.strong, cell.tone) == ("clock", True, "bad")
        assert "已过22天" in cell.tip

    def test_tiers_are_ink_diamonds(self, page):
        cells = [page.table.rows.cell(row, 4) for row in range(3)]
        assert [cell.icon for cell in cells] == ["diamond_filled", "diamond", ""]
        assert {cell.tone for cell in cells} == {"ink"}

    def test_ctrl_f_goes_to_the_search(self, qtbot, page):
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(page.view.search.hasFocus)

    def test_sorting_by_tier_follows_protection(self, page):
        page.table.sort(4)
        assert texts(page) == ["玄武", "朱雀", "青龙"]
        page.table.sort(4, falling=True)
        assert texts(page) == ["青龙", "朱雀", "玄武"]

    def test_columns_give_way_to_the_form(self, page):
        assert not page.table.isColumnHidden(3)
        page.open_at("SP-0001")
        assert page.table.isColumnHidden(3)
        assert not page.table.isColumnHidden(8)

    def test_an_empty_register_says_what_to_do(self, qtbot, theme, model):
        made = SecretPointsPage(theme, model)
        qtbot.addWidget(made)
        made.resize(1166, 720)
        made.show()
        assert made.view._stack.currentWidget() is made.view._empty
        made.add_draft()
        assert made.form.isVisible()
        made.form.close_form()
        assert made.view._stack.currentWidget() is made.view._empty


class TestForm:
    def test_a_row_opens_the_form_and_esc_closes_it(self, qtbot, page):
        page.table.selectRow(1)
        assert page.form.isVisible()
        assert page.form.record.name == "朱雀"
        assert page.place() == "SP-0002"
        qtbot.keyClick(page.fields.name.line, Qt.Key.Key_Escape)
        assert not page.form.isVisible()
        assert page.place() == ""

    def test_typing_is_stored_after_a_pause(self, qtbot, page, model):
        page.open_at("SP-0002")
        page.fields.name.line.selectAll()
        qtbot.keyClicks(page.fields.name.line, "BH-2")
        assert model.session.points.get("SP-0002").name == "朱雀"
        assert page.form._state.text() == "正在输入"
        with qtbot.waitSignal(model.points_changed, timeout=2000):
            pass
        assert model.session.points.get("SP-0002").name == "BH-2"
        assert page.form._state.text() == "已存"
        assert page.fields.name.line.text() == "BH-2"

    def test_one_undo_takes_a_typed_text_back(self, page, model):
        page.open_at("SP-0002")
        for text in ("白", "白虎"):
            page.fields.name.line.setText(text)
            page.fields.name.edited.emit(text)
            page.form.flush()
        assert model.undo_stack.count() == 1
        model.undo()
        assert model.session.points.get("SP-0002").name == "朱雀"
        assert page.fields.name.text() == "朱雀"

    def test_leaving_a_field_untouched_changes_nothing(self, page, model):
        page.open_at("SP-0001")
        for line in (page.fields.name.line, page.fields.review_on.line, page.fields.location.line):
            line.setFocus()
        page.table.setFocus()
        assert model.undo_stack.count() == 0
        assert page.fields.review_on.error == "已过22天"

    def test_an_empty_name_is_refused_and_stays_on_screen(self, page, model):
        page.open_at("SP-0002")
        page.fields.name.line.clear()
        page.fields.name.edited.emit("")
        page.form.flush()
        assert model.session.points.get("SP-0002").name == "朱雀"
        assert page.fields.name.text() == ""
        assert page.fields.name.error == "这一项不能为空。"
        assert page.form._state.text() == "有1项没有存上"
        page.fields.name.line.setText("朱雀")
        page.form.flush()
        assert page.fields.name.error == ""

    def test_a_failed_write_keeps_the_text_and_takes_a_choice_back(self, qtbot, page, model, monkeypatch):
        page.open_at("SP-0002")

        def full(*_args: object) -> None:
            raise DiskFull(Path("/vault/a.tsg"))

        monkeypatch.setattr(model.session.points, "put", full)
        page.fields.location.line.setText("新柜")
        with qtbot.waitSignal(model.failed):
            page.form.flush()
        assert page.fields.location.text() == "新柜"
        assert "磁盘已满" in page.fields.location.error
        page.fields.category._activated(1)
        assert page.fields.category.value() is Category.TECHNICAL
        monkeypatch.undo()
        page.form.flush()
        assert model.session.points.get("SP-0002").location == "新柜"
        assert page.fields.location.error == ""

    def test_what_was_not_stored_is_not_lost_by_choosing_another_row(self, page):
        page.open_at("SP-0002")
        page.fields.name.line.clear()
        page.table.selectRow(0)
        assert page.form.record.id == "SP-0002"
        assert page.table.value().id == "SP-0002"
        page.table.selectRow(0)
        assert page.form.record.id == "SP-0001"

    def test_locking_stores_what_is_being_typed(self, page, model):
        page.open_at("SP-0002")
        page.fields.note.area.setPlainText("还没等到停顿")
        page.fields.location.line.setText("七号柜")
        model.closing.emit()
        stored = model.session.points.get("SP-0002")
        assert (stored.note, stored.location) == ("还没等到停顿", "七号柜")

    def test_a_number_that_is_none_is_said_and_not_stored(self, page, model):
        page.open_at("SP-0002")
        page.fields.holders.line.setText("很多")
        page.fields.holders._finish()
        assert page.fields.holders.error
        page.form.flush()
        assert model.session.points.get("SP-0002").holders == 3

    def test_a_choice_is_stored_at_once(self, page, model):
        page.open_at("SP-0002")
        page.fields.tier.segments._segments[0].click()
        assert model.session.points.get("SP-0002").tier is Tier.CORE
        assert page.view.pills._pills[1].count == 2

    def test_reviewed_moves_the_review_a_year_from_today(self, page, model):
        page.open_at("SP-0001")
        assert page.fields.review_on.error == "已过22天"
        page._reviewed.click()
        assert model.session.points.get("SP-0001").review_on == date(2027, 11, 23)
        assert page.fields.review_on.error == ""
        assert page.fields.review_on.text() == "2027-11-23"

    def test_a_year_from_a_leap_day(self):
        assert in_a_year(date(2028, 2, 29)) == date(2029, 2, 28)

    def test_findings_are_said_in_words(self, page):
        page.open_at("SP-0002")
        page.form.change(name="★绝密12nm", location="", holders=None, formed_on=None, tier=Tier.CORE)
        said = page.fields.remarks.texts
        assert any(text.startswith("错误，“★”") for text in said)
        assert any("核心、重要、一般" in text for text in said)
        assert any("请换成代号" in text for text in said)
        assert any("形成日期、封存原件位置、知悉人数" in text for text in said)
        page.form.change(name="朱雀")
        assert not any("★" in text for text in page.fields.remarks.texts)

    def test_a_type_proposes_category_and_says_its_tier(self, page, model):
        page.open_at("SP-0002")
        kind = SecretPointType("客户名单", Tier.CORE, Category.BUSINESS)
        page.fields.set_types([kind])
        page.fields.kind._take(page.fields.kind._menu.actions()[0])
        stored = model.session.points.get("SP-0002")
        assert (stored.kind, stored.category) == ("客户名单", Category.BUSINESS)
        assert stored.tier is Tier.IMPORTANT
        assert page.fields.tier._help.text() == "建议等级：核心"

    def test_the_sectors_types_are_offered(self, page):
        assert len(page.fields.kind._menu.actions()) == len(page.model.session.secret_point_types()) > 3


class TestDraft:
    def test_it_is_stored_with_its_first_name(self, page, model):
        page.add_draft()
        assert page.fields.review_on.text() == "2027-11-23"
        page.fields.location.line.setText("三号柜")
        page.form.flush()
        assert len(model.session.points) == 3
        page.fields.name.line.setText("麒麟")
        page.form.flush()
        stored = model.session.points.get("SP-0004")
        assert (stored.name, stored.location, stored.review_on) == ("麒麟", "三号柜", date(2027, 11, 23))
        assert page.form.record == stored
        assert page.table.value().id == "SP-0004"
        page.fields.name.line.setText("麒麟二")
        page.form.flush()
        assert model.session.points.get("SP-0004").name == "麒麟二"
        assert len(model.session.points) == 4

    def test_a_type_brings_its_tier(self, page, model):
        page.add_draft()
        page._take_type(SecretPointType("版图", Tier.CORE, Category.TECHNICAL))
        assert page.form.record.tier is Tier.CORE
        assert page.fields.tier.segments.value() is Tier.CORE
        assert len(model.session.points) == 3

    def test_without_a_name_closing_asks_once(self, page, model):
        page.add_draft()
        page.form.close_form()
        assert not page.form.isVisible()
        page.add_draft()
        page.fields.location.line.setText("三号柜")
        page.form.close_form()
        assert page.form.isVisible()
        assert page.fields.name.error
        page.form.close_form()
        assert not page.form.isVisible()
        assert len(model.session.points) == 3

    def test_undoing_the_new_point_closes_its_form(self, page, model):
        page.add_draft()
        page.fields.name.line.setText("麒麟")
        page.form.flush()
        model.undo()
        assert not page.form.isVisible()
        assert len(model.session.points) == 3


class TestDeleting:
    def test_the_bar_brings_it_back_under_its_number(self, page, model):
        page.open_at("SP-0002")
        page.delete_current()
        assert "SP-0002" not in model.session.points
        assert not page.form.isVisible()
        message = page.view.messages.messages[0]
        assert message.title == "已删除SP-0002"
        message.actions[0].run()
        assert model.session.points.get("SP-0002").name == "朱雀"
        assert not page.view.messages.messages

    def test_undo_is_offered_only_for_the_newest_step(self, page, model):
        page.open_at("SP-0002")
        page.delete_current()
        model.put_point(replace(model.session.points.get("SP-0001"), note="后来"))
        assert not page.view.messages.messages

    def test_the_delete_key_works_in_the_list(self, qtbot, page, model):
        page.table.setFocus()
        page.table.selectRow(2)
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
        assert "SP-0003" not in model.session.points


class TestLeaving:
    def test_the_csv_warns_first_and_holds_everything(self, page, model, tmp_path):
        model.session.points.add(point("=cmd|' /C calc'!A0", note="一、\n二"))
        page.taking_along.warn()
        message = page.view.messages.messages[0]
        assert message.title == "CSV文件不加密"
        target = tmp_path / "台账.csv"
        page.taking_along.write(target)
        raw = target.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True)))
        assert [row[0] for row in rows] == ["编号", "SP-0001", "SP-0002", "SP-0003", "SP-0004"]
        assert rows[4][1] == "'=cmd|' /C calc'!A0"
        assert rows[4][10] == "一、\n二"
        assert page.view.messages.messages[0].title == "已导出4条"

    def test_a_csv_that_can_not_be_written_is_said(self, page, tmp_path):
        page.taking_along.write(tmp_path / "none" / "x.csv")
        assert page.view.messages.messages[0].severity.value == "error"

    def test_copying_says_that_the_clipboard_is_open(self, page):
        page.taking_along.copy()
        assert QApplication.clipboard().text().count("\n") == 3
        assert "剪贴板" in page.view.messages.messages[0].text


def test_a_change_of_theme_is_a_repaint(qtbot, page, theme):
    page.open_at("SP-0001")
    before = page.grab().toImage()
    theme.set_mode(Mode.DARK)
    assert page.grab().toImage() != before


@pytest.mark.parametrize("width", [1720, 1166, 1044, 855, 700, 640])
def test_it_folds(page, width):
    page.open_at("SP-0001")
    page.resize(width, 480)
    assert page.form.panel.width() >= 320
    assert page.width() == width
    page.grab()


def test_everything_has_a_name(page):
    page.open_at("SP-0001")
    fields = page.fields
    for field in (fields.name, fields.category, fields.kind, fields.origin, fields.formed_on, fields.note):
        assert field.editor.accessibleName()
    for button in (page._more, page._delete, page._new, page._reviewed):
        assert button.accessibleName()
