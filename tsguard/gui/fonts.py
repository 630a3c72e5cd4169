"""Which typeface the screen is set in, and the roles as fonts.

The shipped Noto Sans SC is registered only where the system has no good Chinese face of its own. Knows
nothing of paper: reports choose their fonts in ``report``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from tsguard.assets import resources
from tsguard.gui.tokens import TYPE, Role

_SCREEN = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
)
_FIGURES = ("Segoe UI Variable Display", "Segoe UI")
_SHIPPED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "TSGuardRare-Regular.ttf")
_RARE = ("TSGuard Rare",)


def install() -> None:
    """Make sure that a good Chinese face is there; call once, after the application is made.

    Raises:
        FileNotFoundError: The system has none and the shipped one can't be read.
    """
    if not _present(_SCREEN):
        folder = resources() / "fonts"
        for name in _SHIPPED:
            if _added(folder / name) < 0:
                message = f"the program is incomplete: its font {name} is missing or unreadable"
                raise FileNotFoundError(message)
    families.cache_clear()
    font_of.cache_clear()
    metrics.cache_clear()


def _added(file: Path) -> int:
    """Qt's number of a font; below 0 where it can't be read.

    Without a screen Qt opens a file by its name in Windows' code page, which not every folder has.
    """
    number = QFontDatabase.addApplicationFont(str(file))
    if number < 0 and file.is_file():
        number = QFontDatabase.addApplicationFontFromData(QByteArray(file.read_bytes()))
    return number


def _present(names: tuple[str, ...]) -> list[str]:
    known = set(QFontDatabase.families())
    return [name for name in names if name in known]


@lru_cache(maxsize=2)
def families(*, figures: bool = False) -> tuple[str, ...]:
    """Families to ask for, best first. Only ones that exist: Qt searches long for one that doesn't.

    Args:
        figures: For large figures, where Segoe's digits are the finer ones.
    """
    screen = _present(_SCREEN) or ["sans-serif"]
    first = _present(_FIGURES) if figures else []
    return (*first, *screen, *_present(_RARE))


@lru_cache(maxsize=32)
def font_of(role: Role) -> QFont:
    """The shared font of a role; ``font`` gives one to keep."""
    size = TYPE[role]
    made = QFont()
    made.setFamilies(list(families(figures=role == "figure")))
    made.setPixelSize(size.px)
    made.setWeight(QFont.Weight(size.weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def font(role: Role = "body") -> QFont:
    """The font of a role, its size in logical pixels."""
    return QFont(font_of(role))


@lru_cache(maxsize=32)
def metrics(role: Role) -> QFontMetricsF:
    """The measures of a role's font."""
    return QFontMetricsF(font_of(role))
