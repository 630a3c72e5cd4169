"""Chinese set as text: line height, gaps, squeeze, orphans, elision, rare characters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF
from PySide6.QtGui import QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolTip

from tsguard.gui import fonts, icons, text
from tsguard.gui.text import Text, block
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import TYPE

LONG = "确定（商业秘密）涉密岗位清单与等级，并按岗位写明每个人可以接触的秘点与期限"


@pytest.fixture(autouse=True)
def face(app: QApplication) -> None:
    text.forget()


@pytest.mark.parametrize("role", list(TYPE))
def test_line_height_comes_from_the_token(role):
    assert block("已签42人", role).height == TYPE[role].line
    assert block("一\n二", role).height == 2 * TYPE[role].line


def test_a_quarter_gap_stands_between_han_and_latin():
    """0.1 em at each border, and none inside either script."""
    plain = fonts.metrics("body").horizontalAdvance("已签42人")
    assert block("已签42人").width == pytest.approx(plain + 2 * 0.1 * 14, abs=0.6)
    assert block("已签两人").width == pytest.approx(
        fonts.metrics("body").horizontalAdvance("已签两人"), abs=0.6
    )


def test_the_gap_knows_characters_beyond_the_first_plane():
    plain = fonts.metrics("body").horizontalAdvance("𠮷A𠮷")
    assert block("𠮷A𠮷").width == pytest.approx(plain + 2 * 0.1 * 14, abs=0.6)


def test_neighbouring_marks_are_squeezed():
    marks = fonts.metrics("body").horizontalAdvance("《甲》，《乙》。")
    assert block("《甲》，《乙》。").width < marks - 2 * 0.4 * 14


def test_an_opening_mark_hangs_at_the_start_of_a_line():
    inside = block("甲（乙）").width
    assert block("（乙）甲").width < inside - 0.3 * 14


def test_no_orphan_is_left_on_the_last_line():
    """Fourteen characters in a measure of thirteen would leave one; the measure gives way instead."""
    words = "每个接触秘点的人都有书面约定"
    laid = block(words, "body", 13 * 14 + 2)
    last = laid._layout.lineAt(laid._layout.lineCount() - 1)
    assert laid.lines == 2
    assert last.textLength() >= 4


@pytest.mark.parametrize("width", [60, 90, 133, 200, 271])
def test_no_line_begins_with_a_closing_mark(width):
    laid = block(LONG, "body", width)
    starts = [laid._layout.lineAt(at).textStart() for at in range(laid._layout.lineCount())]
    assert not any(LONG[start] in "，。、；：）》”" for start in starts)


def test_one_line_is_elided_to_its_width():
    laid = block(LONG, "small", 150, 1)
    assert laid.elided
    assert laid.width <= 150
    assert laid._layout.text().endswith("…")


def test_several_lines_are_elided_on_the_last():
    laid = block(LONG, "body", 120, 2)
    assert (laid.elided, laid.lines, laid.height) == (True, 2, 44)
    assert laid._layout.text().endswith("…")
    assert not block(LONG, "body", 600, 2).elided


@pytest.mark.parametrize(
    "words",
    [
        "𬭎㵘䶮𠮷",
        "👍🏽👨‍👩‍👧A人",
        "𠮷" * 40,
        "\ud800半",
        "a\u200bb",
        "",
        "\n",
        "（（（",
        "𠮷（A）𬭎，“B”。" * 9,
        "\t 　x",
    ],
)
@pytest.mark.parametrize("lines", [0, 1, 2])
def test_no_text_breaks_the_layout(words, lines):
    for width in (1.0, 30.0, 77.5, 1000.0):
        laid = block(words, "body", width, lines)
        assert laid.height >= 22
        assert "\ud800" not in laid._layout.text()


def test_bold_runs_only_where_they_are_asked_for():
    assert block("a**b**c", marks=True)._layout.text() == "abc"
    assert block("a**b**c")._layout.text() == "a**b**c"


def test_layouts_are_kept_and_can_be_forgotten():
    """At lock nothing of the vault's words stays in the cache."""
    assert block("甲", "body", 100.0) is block("甲", "body", 100.0)
    text.forget()
    assert block.cache_info().currsize == 0


def test_a_label_grows_with_its_text(qtbot, theme: Theme):
    label = Text(theme, LONG, wrap=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(120) > label.heightForWidth(300) >= 22
    assert label.heightForWidth(120) % 22 == 0
    assert label.text() == LONG


def test_a_label_that_must_stay_whole_never_shrinks(qtbot, theme: Theme):
    whole, other = Text(theme, "HRM-05 合计", whole=True), Text(theme, LONG)
    qtbot.addWidget(whole)
    qtbot.addWidget(other)
    assert whole.minimumSizeHint().width() == whole.sizeHint().width()
    assert other.minimumSizeHint().width() < 60


def test_an_elided_label_shows_all_of_it_as_plain_tooltip(qtbot, theme: Theme):
    label = Text(theme, "<b>" + LONG)
    qtbot.addWidget(label)
    label.resize(100, 22)
    label.show()
    QApplication.sendEvent(
        label, QHelpEvent(QEvent.Type.ToolTip, QPoint(3, 3), label.mapToGlobal(QPoint(3, 3)))
    )
    assert "&lt;b&gt;" in QToolTip.text()


def test_put_returns_the_width_it_took(theme: Theme):
    image = QImage(300, 30, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    try:
        full = text.put(painter, "已签42人", "small", theme.color("ink"), QRectF(0, 0, 300, 30))
        cut = text.put(painter, LONG, "small", theme.color("ink"), QRectF(0, 0, 90, 30), "right")
    finally:
        painter.end()
    assert full == pytest.approx(text.width_of("已签42人", "small"), abs=1)
    assert 40 < cut <= 90


def test_icons_are_rendered_once_and_sharp(app: QApplication, theme: Theme):
    one = icons.pixmap("flag", theme.color("ink"), 16, 1.5)
    assert icons.pixmap("flag", theme.color("ink"), 16, 1.5).cacheKey() == one.cacheKey()
    assert (one.width(), one.devicePixelRatio()) == (24, 1.5)
    assert not icons.exists("no_such_icon")
    assert not icons.application_icon().isNull()
