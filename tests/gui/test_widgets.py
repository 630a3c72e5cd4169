"""Parts of the window: what a person can do to them by mouse and by key, and what a screen reader hears."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tsguard.domain.scales import Critical, Verdict
from tsguard.gui.focus import FocusRing
from tsguard.gui.text import Text
from tsguard.gui.theme import Mode, Theme
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.choices import ComboField, Tick
from tsguard.gui.widgets.coverage import Coverage
from tsguard.gui.widgets.dialogs import Choice, Dialog
from tsguard.gui.widgets.fields import DateField, LineField, NumberField, SearchField, parse_date
from tsguard.gui.widgets.folds import Fold
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.messages import Action, Message, MessageBar, Note
from tsguard.gui.widgets.navigation import Entry, NavigationRail
from tsguard.gui.widgets.panels import Sheet, SidePanel
from tsguard.gui.widgets.passphrase import PassphraseField, estimate
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.segmented import Option, Pills, Segmented
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Scroll
from tsguard.gui.widgets.tags import FileChip, Tag
from tsguard.gui.widgets.verdict import VerdictControl


def show(qtbot, theme: Theme, *widgets: QWidget, width: int = 700) -> QWidget:
    window = holder(column(*widgets, gap=8, margins=12))
    theme.apply(window)
    qtbot.addWidget(window)
    window.resize(width, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def heard(widget: QWidget) -> tuple[QAccessible.Role, str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.role(), interface.text(QAccessible.Text.Name)


# --- theme ------------------------------------------------------------------------------------------


def test_a_change_of_theme_repaints_the_living_window(qtbot, theme: Theme):
    button, label = Button(theme, "继续作答", "primary"), Text(theme, "甲")
    window = show(qtbot, theme, button, label)
    before = button.grab().toImage().pixelColor(4, 16).name()
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(Mode.DARK)
    after = button.grab().toImage().pixelColor(4, 16).name()
    assert (before, after) == ("#0e6079", "#79c2da")
    assert theme.dark
    assert "#272D30" in window.styleSheet()
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode(Mode.DARK)


def test_the_style_sheet_names_no_unknown_token(theme: Theme):
    assert "$" not in theme.style_sheet()


# --- buttons ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["primary", "plain", "quiet", "link", "danger"])
def test_buttons_are_large_enough_and_named(qtbot, each_theme: Theme, kind):
    button = Button(each_theme, "存到别处", kind, "save")
    show(qtbot, each_theme, button)
    assert button.height() >= 28
    assert heard(button) == (QAccessible.Role.PushButton, "存到别处")
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    button.setEnabled(False)
    button.grab()


def test_an_icon_button_has_its_name_as_tooltip(qtbot, theme: Theme):
    button = IconButton(theme, "dismiss", "关闭")
    show(qtbot, theme, button)
    assert heard(button)[1] == "关闭"
    assert "关闭" in button.toolTip()
    assert button.size().toTuple() == (32, 32)


def test_tags_and_chips(qtbot, each_theme: Theme):
    chip = FileChip(each_theme, "抽查 <b>.pdf", "已满1年")
    show(qtbot, each_theme, Tag.veto(each_theme), chip)
    assert heard(chip)[1] == "佐证抽查 <b>.pdf，已满1年"
    assert "&lt;b&gt;" in chip.toolTip()
    assert Tag.critical(each_theme, Critical.NONE) is None
    with qtbot.waitSignal(chip.clicked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)


# --- verdict ----------------------------------------------------------------------------------------


def test_the_digits_choose_and_the_same_digit_takes_back(qtbot, theme: Theme):
    control = VerdictControl(theme)
    show(qtbot, theme, control)
    control.focus_segment()
    told: list[Verdict | None] = []
    control.chosen.connect(told.append)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_0, Qt.Key.Key_2):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert told == [
        Verdict.MET, Verdict.NOT_MET, None, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE, Verdict.PARTLY
    ]  # fmt: skip


def test_a_click_on_the_chosen_one_takes_it_back(qtbot, theme: Theme):
    control = VerdictControl(theme, Verdict.MET)
    show(qtbot, theme, control)
    segment = control._segments[Verdict.MET]
    with qtbot.waitSignal(control.chosen) as told:
        qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    assert told.args == [None]
    assert not any(known.isChecked() for known in control._segments.values())


def test_setting_a_verdict_is_not_choosing_it(qtbot, theme: Theme):
    control = VerdictControl(theme, Verdict.MET)
    show(qtbot, theme, control)
    with qtbot.assertNotEmitted(control.chosen):
        control.set_verdict(Verdict.PARTLY)
        control.set_verdict(None)
    assert control.verdict is None


def test_a_verdict_that_may_not_apply_cannot_be_chosen(qtbot, theme: Theme):
    control = VerdictControl(theme, may_not_apply=False)
    show(qtbot, theme, control)
    with qtbot.assertNotEmitted(control.chosen):
        control.press_key("0")
    assert not control.press_key("7")


def test_verdicts_are_radio_buttons_to_a_reader(qtbot, theme: Theme):
    control = VerdictControl(theme)
    show(qtbot, theme, control)
    said = [heard(segment) for segment in control._segments.values()]
    assert said[1] == (QAccessible.Role.RadioButton, "部分符合，按键2")
    assert len(said) == 5


@pytest.mark.parametrize("width", [330, 480, 760])
def test_the_verdict_control_is_painted_in_any_width(qtbot, each_theme: Theme, width):
    control = VerdictControl(each_theme, Verdict.UNKNOWN)
    show(qtbot, each_theme, control, width=width)
    assert control.grab().width() <= max(width, control.minimumSizeHint().width() + 24)
    assert len({segment.tight for segment in control._segments.values()}) == 1


# --- fields -----------------------------------------------------------------------------------------


def test_a_line_commits_once_on_leaving(qtbot, theme: Theme):
    field, other = LineField(theme, "名称", "旧", required=True), LineField(theme, "别的")
    show(qtbot, theme, field, other)
    told: list[str] = []
    field.committed.connect(told.append)
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, " new ")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    other.line.setFocus()
    assert told == ["new"]
    assert heard(field.line)[1] == "名称，必填"


def test_an_error_is_seen_and_heard(qtbot, theme: Theme):
    field = LineField(theme, "名称", help="代号即可。")
    show(qtbot, theme, field)
    assert field.line.accessibleDescription() == "代号即可。"
    field.set_error("还没填")
    assert field.line.property("invalid") is True
    assert field.line.accessibleDescription() == "还没填"
    field.set_error("")
    assert field.line.property("invalid") is False
    assert field.error == ""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-06-30", date(2026, 6, 30)),
        ("2026/6/3", date(2026, 6, 3)),
        ("20260630", date(2026, 6, 30)),
        ("２０２６．６．３０", date(2026, 6, 30)),
        ("2026年6月30日", date(2026, 6, 30)),
        ("2026-02-30", None),
        ("30.6.2026", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(typed, day):
    assert parse_date(typed) == day


def test_a_day_is_committed_in_one_form(qtbot, theme: Theme):
    field = DateField(theme, "复核日")
    show(qtbot, theme, field)
    told: list[object] = []
    field.committed.connect(told.append)
    for typed in ("2026/6/3", "2026-13-40", "昨天", ""):
        field.line.setText(typed)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
        told.append(field.error)
    assert told == [date(2026, 6, 3), "", "没有这一天", "请按2026-06-30的样子填", None, ""]


def test_a_number_stays_in_its_range(qtbot, theme: Theme):
    field = NumberField(theme, "人数", 3, least=1, most=5000)
    show(qtbot, theme, field)
    told: list[object] = []
    field.committed.connect(told.append)
    for typed in ("４２", "0", "1,200", "x", ""):
        field.line.setText(typed)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert told == [42, 1200, None]
    field.line.setText("0")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.error == "请填1到5,000之间的整数"


def test_long_text_grows_and_commits_after_a_pause(qtbot, theme: Theme):
    field = PlainTextField(theme, "备注", most=4)
    show(qtbot, theme, field)
    low = field.area.height()
    with qtbot.waitSignal(field.committed, timeout=2000) as told:
        qtbot.keyClicks(field.area, "abc")
        qtbot.keyClick(field.area, Qt.Key.Key_Return)
    assert told.args == ["abc\n"]
    assert field.area.height() > low
    field.set_text("\n" * 40)
    assert field.area.height() < low * 5
    with qtbot.assertNotEmitted(field.committed):
        field.commit()


def test_long_text_grows_with_a_narrower_width(qtbot, theme: Theme):
    field = PlainTextField(theme, "备注", "缺：梁行、许然、2名实习生。行政部7月底前补齐原件。")
    window = show(qtbot, theme, field, width=700)
    wide = field.area.height()
    window.resize(240, 400)
    QApplication.processEvents()
    assert field.area.height() > wide


def test_a_choice_is_told_and_a_setting_is_not(qtbot, theme: Theme):
    field = ComboField(theme, "方案", [("a", "甲"), ("b", "乙")], placeholder="请选")
    show(qtbot, theme, field)
    assert field.value() is None
    with qtbot.assertNotEmitted(field.chosen):
        field.set_value("a")
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    assert told.args == ["b"]
    assert field.combo.accessibleName() == "方案"


def test_a_tick_is_a_check_box(qtbot, each_theme: Theme):
    tick = Tick(each_theme, "协议约定")
    show(qtbot, each_theme, tick)
    with qtbot.waitSignal(tick.clicked):
        qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert heard(tick) == (QAccessible.Role.CheckBox, "协议约定")
    tick.grab()


def test_escape_empties_the_search(qtbot, theme: Theme):
    search = SearchField(theme, "搜名称")
    show(qtbot, theme, search)
    qtbot.keyClicks(search, "abc")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_a_passphrase_is_hidden_until_the_eye_is_pressed(qtbot, theme: Theme):
    field = PassphraseField(theme, "口令", strength=True)
    show(qtbot, theme, field)
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    qtbot.mouseClick(field.line.eye, Qt.MouseButton.LeftButton)
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal
    assert heard(field.line.eye)[1] == "隐藏口令"
    field.grab()
    field.line.setText("correct horse")
    with qtbot.waitSignal(field.submitted):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    field.clear()
    assert (field.text(), field.line.echoMode()) == ("", QLineEdit.EchoMode.Password)


def test_strength_is_cautious():
    assert estimate("") == estimate("aaaaaaaaaaaa") == estimate("12345678") == 0
    assert estimate("correct-horse-battery-珠海") == 3
    assert estimate("zhuhai2026") < 3


# --- choices ----------------------------------------------------------------------------------------


def test_segments_and_pills(qtbot, each_theme: Theme):
    views = Segmented(each_theme, [Option(1, "按域"), Option(2, "按措施类", "diamond")], 1, name="视图")
    pills = Pills(each_theme, [Option("all", "全部", count=13), Option("bad", "错误", "warning", "bad", 2)])
    show(qtbot, each_theme, views, pills)
    assert pills.value() == "all"
    with qtbot.waitSignal(views.chosen) as told:
        qtbot.mouseClick(views._segments[1], Qt.MouseButton.LeftButton)
    assert told.args == [2]
    with qtbot.waitSignal(pills.chosen) as told:
        qtbot.mouseClick(pills._pills[1], Qt.MouseButton.LeftButton)
    assert told.args == ["bad"]
    pills.set_counts({"bad": 1})
    assert heard(pills._pills[1])[1] == "错误，1条"
    assert heard(views._segments[0])[0] is QAccessible.Role.RadioButton


def test_pills_fold_into_lines_and_back(qtbot, theme: Theme):
    pills = Pills(theme, [Option(each, f"第{each}种", count=0) for each in range(7)])
    show(qtbot, theme, pills)
    whole = pills.whole_width
    assert len({pill.y() for pill in pills._pills}) == 1
    pills.fold(whole - 1)
    qtbot.waitUntil(lambda: len({pill.y() for pill in pills._pills}) == 2)
    pills.fold(whole)
    qtbot.waitUntil(lambda: len({pill.y() for pill in pills._pills}) == 1)
    pills.set_counts({0: 12_345})
    qtbot.waitUntil(lambda: len({pill.y() for pill in pills._pills}) == 2)
    pills.fold(0)
    qtbot.waitUntil(lambda: len({pill.y() for pill in pills._pills}) == 1)


def test_coverage_moves_by_key_unless_a_register_feeds_it(qtbot, each_theme: Theme):
    free = Coverage(each_theme, "已签", 41, 46, "人")
    fed = Coverage(each_theme, "已签", 42, 46, "人", register="人员台账")
    show(qtbot, each_theme, free, fed)
    with qtbot.waitSignal(free.edited) as told:
        qtbot.keyClick(free._slider, Qt.Key.Key_Right)
    assert told.args == [42]
    assert heard(free._slider)[1] == "已签42，共46人"
    with qtbot.assertNotEmitted(fed.edited):
        fed.set_figures(43, 46)
    assert not fed._slider.isEnabled()


# --- messages ---------------------------------------------------------------------------------------


def test_one_message_at_a_time(qtbot, theme: Theme):
    bar = MessageBar(theme)
    show(qtbot, theme, bar)
    assert not bar.isVisible()
    tried: list[str] = []
    bar.post(Message(Severity.WARNING, "甲", key="a"))
    bar.post(
        Message(
            Severity.ERROR, "没有存上", "D盘已满。", (Action("再试一次", lambda: tried.append("x")),), "b"
        )
    )
    assert bar.isVisible()
    assert heard(bar)[1] == "错误，没有存上，D盘已满。"
    assert bar._more.text() == "还有1条"
    again = next(button for button in bar.findChildren(Button) if button.text() == "再试一次")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert tried == ["x"]
    bar.solve("b")
    assert [message.title for message in bar.messages] == ["甲"]
    with qtbot.waitSignal(bar.dismissed):
        qtbot.mouseClick(bar._close, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_good_news_leaves_by_itself_and_errors_stay(qtbot, theme: Theme):
    bar = MessageBar(theme)
    show(qtbot, theme, bar)
    bar.post(Message(Severity.GOOD, "已导出43页"))
    assert bar._leave.isActive()
    bar._leave.timeout.emit()
    assert not bar.isVisible()
    bar.post(Message(Severity.ERROR, "没有存上"))
    assert not bar._leave.isActive()
    bar.clear()


def test_a_narrow_bar_puts_its_buttons_below(qtbot, theme: Theme):
    bar = MessageBar(theme)
    window = show(qtbot, theme, bar, width=900)
    bar.post(Message(Severity.ERROR, "没有存上", "D盘已满。" * 9, (Action("再试一次", lambda: None),)))
    window.resize(420, 500)
    QApplication.processEvents()
    button = next(button for button in bar.findChildren(Button) if button.text() == "再试一次")
    assert button.mapTo(bar, QPoint(0, 0)).y() > bar._text.geometry().bottom()


def test_a_note_has_one_link(qtbot, each_theme: Theme):
    note = Note(each_theme, Severity.WARNING, "应签46人、已签42人。", "看缺的4人")
    show(qtbot, each_theme, note)
    with qtbot.waitSignal(note.acted):
        qtbot.mouseClick(note._link, Qt.MouseButton.LeftButton)
    assert heard(note)[1] == "警告，应签46人、已签42人。"


def test_progress_shows_only_after_a_while(qtbot, theme: Theme):
    strip = ProgressStrip(theme)
    show(qtbot, theme, strip)
    stopped: list[bool] = []
    strip.start("正在写报告", lambda: stopped.append(True))
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible, timeout=2000)
    strip.report(3, 12)
    assert strip._bar.accessibleName() == "正在写报告 3 / 12"
    qtbot.mouseClick(strip._stop, Qt.MouseButton.LeftButton)
    assert stopped == [True]
    strip.finish()
    assert not strip.isVisible()


# --- folds, navigation, panels ----------------------------------------------------------------------


def test_a_fold_remembers(qtbot, theme: Theme):
    memory: dict[str, bool] = {}
    fold = Fold(theme, "为什么", Text(theme, "甲", wrap=True), key="why", memory=memory)
    show(qtbot, theme, fold)
    assert heard(fold._head)[1] == "为什么，已展开"
    with qtbot.waitSignal(fold.toggled):
        qtbot.keyClick(fold._head, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not fold._clip.isVisible())
    assert memory == {"why": False}
    assert not Fold(theme, "为什么", Text(theme, "甲"), key="why", memory=memory).is_open


def rail(theme: Theme) -> NavigationRail:
    groups = [[Entry("desk", "工作台", "home")], [Entry("list", "自评清单", "data_pie")]]
    return NavigationRail(theme, groups, [Entry("lock", "锁定", "lock_closed")])


def test_navigation_by_key_and_mouse(qtbot, each_theme: Theme):
    navigation = rail(each_theme)
    window = holder(row(navigation, None))
    each_theme.apply(window)
    qtbot.addWidget(window)
    window.resize(700, 500)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    navigation.select("desk")
    navigation.set_count("list", 8)
    first, second, _lock = navigation._rows
    assert heard(second)[1] == "自评清单，8条待办"
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    with qtbot.waitSignal(navigation.chosen) as told:
        qtbot.keyClick(second, Qt.Key.Key_Return)
    assert told.args == ["list"]
    assert navigation.selected() == "desk"  # the page says when it has changed
    with qtbot.waitSignal(navigation.chosen):
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)


def test_the_rail_keeps_names_as_tooltips(qtbot, theme: Theme):
    navigation = rail(theme)
    qtbot.addWidget(navigation)
    navigation.set_save_state("10:42已存入保险库")
    with qtbot.waitSignal(navigation.collapsed_changed):
        navigation.set_collapsed(collapsed=True)
    assert navigation.width() == 56
    assert "工作台" in navigation._rows[0].toolTip()
    navigation.grab()


def test_a_panel_closes_by_its_button(qtbot, theme: Theme):
    panel = SidePanel(theme, "SP-0007", Text(theme, "甲"), foot=[Button(theme, "标为已复核")])
    show(qtbot, theme, panel)
    with qtbot.waitSignal(panel.closed):
        qtbot.mouseClick(panel._close, Qt.MouseButton.LeftButton)


def test_a_sheet_closes_by_escape_and_gives_the_keyboard_back(qtbot, theme: Theme):
    button = Button(theme, "打开")
    window = show(qtbot, theme, button)
    sheet = Sheet(theme, window, SidePanel(theme, "依据", LineField(theme, "名称"), width=0))
    button.setFocus()
    sheet.open()
    assert sheet.isAncestorOf(QApplication.focusWidget())
    for _step in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(QApplication.focusWidget())
    window.resize(500, 300)
    QApplication.processEvents()
    assert sheet.geometry() == window.rect()
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert button.hasFocus()


def test_a_dialog_is_safe_by_default(qtbot, theme: Theme):
    window = show(qtbot, theme, Button(theme, "删除"))

    def ask() -> Dialog:
        choices = [Choice("keep", "先不删"), Choice("delete", "删除这3条", "danger")]
        dialog = Dialog(theme, window, "删除3条秘点", "删除后不能恢复。", choices, safe="keep")
        dialog.open()
        return dialog

    for act, answer in (
        (lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return), "keep"),
        (lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape), "keep"),
        (lambda dialog: qtbot.mouseClick(dialog.button("delete"), Qt.MouseButton.LeftButton), "delete"),
    ):
        dialog = ask()
        assert dialog.width() == 480
        told: list[object] = []
        dialog.answered.connect(told.append)
        act(dialog)
        assert told == [answer]


def test_the_ring_follows_the_keyboard_only(qtbot, theme: Theme):
    one, two = Button(theme, "一"), Button(theme, "二")
    window = show(qtbot, theme, one, two, LineField(theme, "三"))
    ring = FocusRing(window, theme)
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    assert not ring.isVisible()
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert two.hasFocus()
    assert ring.isVisible()
    assert ring.geometry() == two.geometry().adjusted(-3, -3, 3, 3)
    two.move(two.x() + 7, two.y())
    assert ring.geometry() == two.geometry().adjusted(-3, -3, 3, 3)
    ring.grab()
    one.setFocus(Qt.FocusReason.OtherFocusReason)  # as an arrow key does
    assert ring.isVisible()
    two.setFocus()
    qtbot.keyClick(two, Qt.Key.Key_Tab)
    assert not ring.isVisible()  # a text field shows its own focus
    one.setFocus()
    qtbot.mousePress(one, Qt.MouseButton.LeftButton)
    assert not ring.isVisible()
    qtbot.mouseRelease(one, Qt.MouseButton.LeftButton)


def test_the_ring_stays_inside_a_scroll_area(qtbot, theme: Theme):
    buttons = [Button(theme, f"第{number}个") for number in range(30)]
    scroll = Scroll(holder(column(*buttons)))
    window = show(qtbot, theme, scroll)
    ring = FocusRing(window, theme)
    ring.show_on(buttons[0])
    assert ring.isVisible()
    scroll.verticalScrollBar().setValue(400)
    assert not ring.isVisible() or ring.geometry().top() >= scroll.geometry().top() - 3


def test_a_dialog_grows_with_its_form(qtbot, theme: Theme):
    window = show(qtbot, theme, Button(theme, "换口令"))
    field = PassphraseField(theme, "新口令", strength=True)
    choices = [Choice("keep", "先不换"), Choice("new", "换成新口令", "primary")]
    dialog = Dialog(theme, window, "换新口令", "", choices, safe="keep", body=field)
    dialog.open()
    low = dialog.height()
    field.set_error("至少12个字；几个不相干的词最好记，" * 3)
    qtbot.waitUntil(lambda: dialog.height() > low + 18)
    assert dialog.width() == 480
    dialog.reject()
