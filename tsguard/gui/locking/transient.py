"""Whatever stands over the window for a moment: menus, dialogs, file dialogs, tooltips, a drag."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget


def dismiss_all() -> bool:
    """Close all of it, dialogs by the way out that changes nothing.

    Returns:
        Whether a dialog or menu was open. Whoever opened it may still be waiting for its answer, so act
        only when the event loop has come round.
    """
    if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        QDrag.cancel()
    QToolTip.hideText()
    seen: set[int] = set()
    while (over := _topmost()) is not None and id(over) not in seen:
        seen.add(id(over))
        if isinstance(over, QDialog):
            over.reject()
        else:
            over.close()
    return bool(seen)


def _topmost() -> QWidget | None:
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()
