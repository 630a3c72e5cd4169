"""The shipped faces stand in where the system has no good Chinese one."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from tsguard.gui import fonts
from tsguard.gui.tokens import TYPE


@pytest.fixture
def shipped(app, monkeypatch):
    """A system without any of the faces; what is registered meanwhile is taken away again."""
    taken: list[int] = []
    # Where the system has none, the application has registered them already.
    QFontDatabase.removeAllApplicationFonts()
    add = QFontDatabase.addApplicationFont

    def remember(name: str) -> int:
        taken.append(add(name))
        return taken[-1]

    monkeypatch.setattr(QFontDatabase, "addApplicationFont", remember)
    monkeypatch.setattr(fonts, "_SCREEN", ("Noto Sans SC",))
    fonts.install()
    yield taken
    for number in taken:
        QFontDatabase.removeApplicationFont(number)
    monkeypatch.undo()
    fonts.install()


def test_three_faces_are_registered(shipped):
    assert len(shipped) == 3
    assert min(shipped) >= 0
    assert fonts.families() == ("Noto Sans SC", "TSGuard Rare")


@pytest.mark.parametrize("role", list(TYPE))
def test_roles_are_set_in_pixels(app, role):
    made = fonts.font(role)
    assert made.pixelSize() == TYPE[role].px
    assert made.weight() == QFont.Weight(TYPE[role].weight)


def test_semibold_takes_the_bold_face(shipped):
    raw = QRawFont.fromFont(fonts.font("title"))
    assert (raw.familyName(), raw.styleName()) == ("Noto Sans SC", "Bold")


def test_a_system_with_a_good_face_loads_none(app, monkeypatch):
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", lambda _name: pytest.fail("loaded"))
    monkeypatch.setattr(fonts, "_SCREEN", tuple(QFontDatabase.families()[:1]))
    fonts.install()
    monkeypatch.undo()
    fonts.install()
