"""The note about a PDF that holds the recovery code: it should be gone once it is printed.

Knows where the file lies and takes it away; never what is in it.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.visible import visible


class PaperNote(Note):
    """Hidden until there is something to say."""

    def __init__(self, theme: Theme) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
        """
        super().__init__(theme, Severity.WARNING, "")
        self._path: Path | None = None
        self.acted.connect(self._remove)
        self.hide()

    @property
    def path(self) -> Path | None:
        """The file that is still to be deleted, or None."""
        return self._path

    def warn(self, path: Path) -> None:
        """Say that this file was just written."""
        self._path = path
        words = _("这个PDF里有恢复码，谁拿到谁能打开。打印后请删掉它，回收站也要清空。")
        self._ask(words)

    def remind(self, path: Path) -> None:
        """Say that this file is still there, where it is."""
        self._path = path
        words = _("“{name}”里有恢复码，还没有删掉。打印后请删掉它，回收站也要清空。")
        self._ask(words.format(name=visible(path.name)))

    def refuse(self, sentence: str) -> None:
        """Say why none was written."""
        self._path = None
        self.say(Severity.ERROR, sentence)
        self.show()

    def clear(self) -> None:
        """Say nothing; the file is somebody else's business from now on."""
        self._path = None
        self.hide()

    def _ask(self, words: str) -> None:
        self.say(Severity.WARNING, words, _("已打印，删掉它"))
        self.show()

    def _remove(self) -> None:
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        if self._path.exists():
            self.say(Severity.ERROR, _("没能删掉，可能还在别的程序里开着；请关掉后再试。"), _("再删一次"))
        else:
            self._path = None
            self.say(Severity.GOOD, _("PDF已经删掉。打印机和看图软件自己留下的副本，请自行清理。"))
