"""The style sheet shows every part, light and dark, on a living window, and every icon it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gui.style_sheet import StyleSheet

from tsguard.gui import icons
from tsguard.gui.theme import Mode, Theme

GUI = Path(icons.__file__).parent


@pytest.mark.parametrize("page", [0, 1])
def test_both_pages_are_painted_in_both_themes(qtbot, theme: Theme, page):
    window = StyleSheet(theme)
    qtbot.addWidget(window)
    window.resize(1366, 900)
    window.show_page(page)
    window.show()
    light = window.grab().toImage()
    theme.set_mode(Mode.DARK)
    dark = window.grab().toImage()
    corner = light.width() - 2, light.height() - 2
    assert light.pixelColor(*corner).lightness() > 200
    assert dark.pixelColor(*corner).lightness() < 60


def test_the_parts_fit_the_smallest_screen(qtbot, theme: Theme):
    window = StyleSheet(theme)
    qtbot.addWidget(window)
    assert window.minimumSizeHint().width() <= 1366


def test_every_icon_that_is_named_ships():
    named = set()
    for file in GUI.rglob("*.py"):
        named |= set(re.findall(r'"([a-z0-9]+(?:_[a-z0-9]+)*_filled)"', file.read_text(encoding="utf-8")))
    assert named
    assert {name for name in named if not icons.exists(name)} == set()
