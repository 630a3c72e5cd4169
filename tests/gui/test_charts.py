"""Charts say their figures aloud, stand any figures, and can be pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.bars import LaneBar, Legend, PartsBar
from tsguard.gui.widgets.radar import RadarChart
from tsguard.gui.widgets.ruler import Band, ScoreRuler
from tsguard.gui.widgets.signs import Lane

BANDS = [Band("待建设", 0), Band("基本达标", 700), Band("良好", 800), Band("示范水平", 900)]


def test_the_radar_speaks_its_figures(qtbot, each_theme: Theme):
    radar = RadarChart(each_theme)
    qtbot.addWidget(radar)
    radar.resize(300, 300)
    radar.set_data(["组织", "定密", "载体"], [87, 81, 80], [68, 65, 47], [76, None, None])
    radar.set_current(1)
    assert radar.accessibleName() == (
        "雷达图。组织 自评87%，有据68%，核验76%；定密 自评81%，有据65%；载体 自评80%，有据47%"
    )
    assert not radar.grab().isNull()


def test_an_axis_can_be_pressed(qtbot, theme: Theme):
    radar = RadarChart(theme)
    qtbot.addWidget(radar)
    radar.resize(300, 300)
    radar.set_data(["组织", "定密", "载体"], [1, 2, 3], [0, 0, 0])
    with qtbot.waitSignal(radar.picked) as told:
        qtbot.mouseClick(radar, Qt.MouseButton.LeftButton, pos=radar._point(1, 1.15).toPoint())
    assert told.args == [1]
    with qtbot.assertNotEmitted(radar.picked):
        qtbot.mouseClick(radar, Qt.MouseButton.LeftButton, pos=radar._measure()[0].toPoint())


@pytest.mark.parametrize(
    "figures", [(0, 0, None, None), (1000, 1000, 1000, 0), (807, 573, 285, 800), (0, 0, 0, 1000)]
)
def test_the_ruler_stands_any_score(qtbot, each_theme: Theme, figures):
    claimed, evidenced, verified, cap = figures
    ruler = ScoreRuler(each_theme)
    qtbot.addWidget(ruler)
    lanes = {Lane.CLAIMED: claimed, Lane.EVIDENCED: evidenced, Lane.VERIFIED: verified}
    ruler.set_data(lanes, BANDS, current="良好", cap=cap)
    for width in (240, 700):
        ruler.resize(width, 62)
        assert not ruler.grab().isNull()


def test_the_ruler_speaks(qtbot, theme: Theme):
    ruler = ScoreRuler(theme)
    qtbot.addWidget(ruler)
    ruler.set_data({Lane.CLAIMED: 807, Lane.EVIDENCED: None}, BANDS, current="基本达标", cap=800)
    assert ruler.accessibleName() == "自评80.7分，等级基本达标，封顶在80分以下"


def test_bars_speak(qtbot, each_theme: Theme):
    lane, parts = LaneBar(each_theme), PartsBar(each_theme)
    legend = Legend(each_theme, [(Lane.CLAIMED, "自评"), ("bad", "不符合")])
    for widget in (lane, parts, legend):
        qtbot.addWidget(widget)
    lane.set_data(97, 83, 140, 74, name="人员")
    parts.set_data([(8, "accent", "符合"), (1, "bad", "不符合")], 13)
    assert lane.accessibleName() == "人员 自评9.7，有据8.3，核验7.4 / 14"
    assert parts.accessibleName() == "符合8，不符合1 / 13"
    assert legend.accessibleName() == "自评、不符合"
    lane.set_data(0, 0, 0)
    for widget in (lane, parts, legend):
        assert not widget.grab().isNull()
