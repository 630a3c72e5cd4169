"""Looks for a mark in everything that lives in this process: Qt's objects, and what Python can reach."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import FrameType

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QTextDocument, QUndoStack
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter
from shiboken6 import isValid

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.UserRole,
)
_SKIPPED = frozenset({"focusObject", "winId", "effectiveWinId"})


def qt_objects() -> list[QObject]:
    """Every QObject that hangs on the application, on a window, or on a Python object."""
    roots: list[QObject] = [*QApplication.allWidgets(), *QGuiApplication.allWindows()]
    app = QApplication.instance()
    roots += [app] if app is not None else []
    roots += [each for each in gc.get_objects() if isinstance(each, QObject)]
    found: dict[int, QObject] = {}
    while roots:
        each = roots.pop()
        if id(each) not in found and isValid(each):
            found[id(each)] = each
            roots.extend(each.children())
    return list(found.values())


def in_qt(mark: str) -> list[str]:
    """Where Qt's objects show the mark: properties, models, documents, undo, completers, the clipboard."""
    found = [
        f"{type(each).__name__}.{place}"
        for each in qt_objects()
        for place, words in _words_of(each)
        if mark in words
    ]
    clipboard = QGuiApplication.clipboard()
    for mode in (clipboard.Mode.Clipboard, clipboard.Mode.Selection):
        found += [f"clipboard {mode.name}"] if mark in clipboard.text(mode) else []
    return found


def _words_of(each: QObject) -> Iterator[tuple[str, str]]:
    meta = each.metaObject()
    for at in range(meta.propertyCount()):
        about = meta.property(at)
        if about.name() not in _SKIPPED and about.typeName() in {"QString", "QStringList", "QVariant"}:
            yield about.name(), str(each.property(about.name()))
    if isinstance(each, QUndoStack):
        yield "undo", " ".join(each.text(at) for at in range(each.count()))
    if isinstance(each, QTextDocument):
        yield "document", each.toPlainText()
    if isinstance(each, QAbstractItemModel):
        yield "model", " ".join(_data(each, QModelIndex()))
    if isinstance(each, QCompleter):
        yield "completer", " ".join(_data(each.model(), QModelIndex())) if each.model() else ""
    if isinstance(each, QComboBox):
        yield "items", " ".join(each.itemText(at) for at in range(each.count()))


def _data(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    flat = isinstance(model, QAbstractListModel | QAbstractTableModel)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            for role in _ROLES:
                yield str(model.data(index, role))
        if columns and not flat:
            yield from _data(model, model.index(row, 0, parent))


def in_python(mark: str) -> list[object]:
    """Texts and bytes with the mark that Python can reach; the very string itself does not count."""
    needles = (mark.encode(), mark.encode("utf-16-le"), mark.encode("gbk", "ignore") or mark.encode())
    roots = gc.get_objects()
    seen = {id(roots)}
    seen.add(id(seen))
    found: list[object] = []
    waiting: list[object] = list(roots)
    seen.add(id(waiting))
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, FrameType):
            continue
        seen.add(id(each))
        if isinstance(each, str):
            if mark in each and each != mark:
                found.append(each)
        elif isinstance(each, bytes | bytearray):
            if any(needle in each for needle in needles) and each not in needles:
                found.append(each)
        else:
            waiting.extend(gc.get_referents(each))
    return found


def keepers(found: list[object], at: int, depth: int = 6) -> str:
    """A chain of what keeps one of the found objects alive, for the message of a failing test."""
    held = found[at]
    chain, known = [repr(held)[:60]], {id(found)}
    for _step in range(depth):
        above = gc.get_referrers(held)
        known.add(id(above))
        above = [each for each in above if not isinstance(each, FrameType) and id(each) not in known]
        known.add(id(above))
        if not above:
            break
        held = above[0]
        chain.append(f"{type(held).__module__}.{type(held).__qualname__} {repr(held)[:80]}")
    return "\n  <- ".join(chain)
