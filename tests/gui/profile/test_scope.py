"""Nine modules to choose from, what goes together, what the company's size means, and the way on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Size
from tsguard.domain.preset import Relief
from tsguard.domain.scales import Verdict
from tsguard.gui.profile import scope as scope_module
from tsguard.gui.profile.module_panel import ModulePanel
from tsguard.gui.text import Text
from tsguard.gui.theme import Mode
from tsguard.services.content import choose_modules, shipped

NINE = ["XIT", "XNE", "XIC", "XBI", "XHA", "XEQ", "XCH", "XPR", "XFO"]


@pytest.fixture
def quick_content(monkeypatch):
    """The shipped content, with a known number of quick questions and of reliefs for the smallest."""
    shelf = shipped()
    core = shelf.modules["core"]
    asked = [item.id for item in core.items()][:25]
    sections = tuple(
        replace(
            section,
            items=tuple(replace(item, quick="是吗？" if item.id in asked else "") for item in section.items),
        )
        for section in core.sections
    )
    optional = [item.id for item in core.items() if item.may_not_apply][:8]
    reliefs = tuple(Relief(item, "规模小。", "有的话") for item in optional)
    presets = tuple(replace(each, reliefs=reliefs if each.id == "small" else ()) for each in shelf.presets)
    made = replace(shelf, modules=shelf.modules | {"core": replace(core, sections=sections)}, presets=presets)
    monkeypatch.setattr(scope_module, "shipped", lambda: made)
    return made


def set_size(page, size: Size) -> None:
    page.model.put_enterprise(replace(page.model.session.enterprise, size=size))


class TestRows:
    def test_all_nine_in_their_order_within_the_column(self, page):
        assert list(page.scope.ticks) == NINE
        for row in page.scope.rows.values():
            assert row.width() <= 456
            assert row.height() <= 60
            for text in row.findChildren(Text):
                if not text.isHidden():
                    assert text.mapTo(row, QPoint(text.width(), 0)).x() <= row.width()

    @pytest.mark.parametrize("size", [(1166, 640), (1310, 688), (855, 600), (420, 520)])
    def test_the_way_on_stays_in_sight(self, page, size):
        page.resize(*size)
        QApplication.processEvents()
        for button in (page.scope.foot.first, page.scope.foot.start):
            corner = button.mapTo(page, QPoint(button.width(), button.height()))
            assert button.isVisible()
            assert corner.x() <= page.width()
            assert corner.y() <= page.height()

    def test_a_click_on_the_words_ticks_and_the_link_does_not(self, qtbot, page):
        row = page.scope.rows["XIT"]
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(120, row.height() - 8))
        assert page.scope.chosen() == ["XIT"]
        row._link.click()
        assert page.scope.chosen() == ["XIT"]

    def test_the_space_bar_ticks(self, qtbot, page):
        page.scope.ticks["XNE"].setFocus()
        qtbot.keyClick(page.scope.ticks["XNE"], Qt.Key.Key_Space)
        assert page.scope.chosen() == ["XNE"]

    def test_tab_goes_down_the_rows_and_then_to_the_foot(self, page):
        stops = [each for each in page.scope.stops() if each.isVisible()]
        at, order = stops[0], [stops[0]]
        while len(order) < len(stops):
            at = at.nextInFocusChain()
            if at in stops:
                order.append(at)
        assert order == stops
        ticks = list(page.scope.ticks.values())
        assert [each for each in order if each in ticks] == ticks
        assert order.index(page.scope.own.open) > order.index(ticks[-1])
        assert order[-1] is page.scope.foot.start

    def test_what_a_module_holds_lies_beside_the_page(self, qtbot, page):
        page.scope.rows["XPR"]._link.click()
        panel = page.findChild(ModulePanel)
        said = [text.text() for text in panel.findChildren(Text)]
        module = shipped().modules["XPR"]
        assert {item.text for item in module.items()} <= set(said)
        assert set(module.leak_paths) <= set(said)
        assert {kind.name for kind in module.secret_point_types} <= set(said)
        assert said.count("×1.5") == sum(each.hundredths == 150 for each in module.multipliers)
        qtbot.keyClick(page._sheet, Qt.Key.Key_Escape)
        assert not page._sheet.isVisible()
        page.scope._look_at_core()
        assert page._sheet.isVisible()

    def test_every_stop_has_a_name(self, page):
        for stop in page.scope.stops():
            if stop.isVisible():
                assert stop.accessibleName()

    def test_theme_switch(self, page):
        page.theme.set_mode(Mode.DARK)
        assert not page.grab().isNull()
        page.theme.set_mode(Mode.LIGHT)


class TestAlong:
    def test_a_module_brings_along_what_goes_with_it_and_says_so(self, page):
        page.scope.ticks["XPR"].click()
        assert page.scope.chosen() == ["XPR", "XFO"]
        assert "涉外经贸" in page.scope.rows["XPR"].note
        page.scope.ticks["XFO"].click()
        assert page.scope.chosen() == ["XPR"]
        assert page.scope.rows["XPR"].note == ""

    def test_what_was_ticked_before_is_not_brought(self, page):
        page.scope.ticks["XFO"].click()
        page.scope.ticks["XPR"].click()
        assert page.scope.rows["XPR"].note == ""
        page.scope.ticks["XPR"].click()
        assert page.scope.chosen() == ["XFO"]

    def test_nothing_is_brought_along_by_what_is_stored(self, page, session):
        choose_modules(session, ["XPR"])
        page.scope.refresh()
        assert page.scope.chosen() == ["XPR"]


class TestStart:
    def test_several_modules_and_straight_to_the_checklist(self, qtbot, page, session):
        for module_id in ("XPR", "XIC"):
            page.scope.ticks[module_id].click()
        with qtbot.waitSignal(page.go) as went:
            page.scope.foot.start.click()
        assert went.args == ["checklist:"]
        assert session.assessment.modules == ("XIC", "XPR", "XFO")

    @pytest.mark.usefixtures("quick_content")
    def test_the_quick_check_first(self, qtbot, make_page, session):
        page = make_page()
        foot = page.scope.foot
        assert foot.quick.text() == "先做快速自测（25题，约15分钟）"
        assert (foot.quick.kind, foot.start.kind) == ("primary", "plain")
        with qtbot.waitSignal(page.go) as went:
            foot.quick.click()
        assert went.args == ["quick:"]
        assert session.assessment is not None
        assert not foot.quick.isVisible()


class TestChange:
    def test_asks_in_the_foot_and_undo_brings_it_back(self, page, session):
        choose_modules(session, ["XIC"])
        session.put_answer(Answer("XIC-01", verdict=Verdict.MET))
        page.scope.refresh()
        page.scope.ticks["XIC"].click()
        page.scope.ticks["XHA"].click()
        foot = page.scope.foot
        assert foot.asks
        assert "已答的1条留着" in foot._ask.text()
        assert session.assessment.modules == ("XIC",)
        foot.keep.click()
        assert not foot.asks
        page.scope.ticks["XHA"].click()
        foot.change.click()
        assert session.assessment.modules == ("XIC", "XHA")
        page.model.undo()
        assert session.assessment.modules == ("XIC",)
        assert not page.scope.ticks["XHA"].isChecked()


class TestPreset:
    def test_follows_size_choice_and_answers(self, qtbot, quick_content, make_page, session):
        page = make_page()
        line = page.scope.preset
        set_size(page, Size.MEDIUM)
        assert line.text.startswith("按中型企业预设")
        set_size(page, Size.MICRO)
        assert "有8条通常不适用" in line.text
        assert not line.link.isVisible(), "there is no checklist to go to yet"
        page.scope.foot.start.click()
        first, second = [each.item for each in quick_content.presets[0].reliefs][:2]
        with qtbot.waitSignal(page.go) as went:
            line.link.click()
        assert went.args == [f"checklist:{first}"]
        session.put_answer(Answer(first, verdict=Verdict.MET))
        page.hide()
        page.show()
        assert "还有7条没看" in line.text
        with qtbot.waitSignal(page.go) as went:
            line.link.click()
        assert went.args == [f"checklist:{second}"]
        set_size(page, Size.LARGE)
        assert line.text.startswith("按大型企业预设")
        assert not line.link.isVisible()

    def test_all_seen(self, quick_content, make_page, session):
        page = make_page()
        set_size(page, Size.SMALL)
        page.scope.foot.start.click()
        for relief in quick_content.presets[0].reliefs:
            session.put_answer(Answer(relief.item, verdict=Verdict.MET))
        page.scope.refresh_size()
        assert "都看过了" in page.scope.preset.text
        assert not page.scope.preset.link.isVisible()
