"""What else can be done with the documents: bound into one file, with evidence, a locked copy, a signature.

Keeps no passphrase beside its field.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLayout, QWidget

from tsguard.gui.keys.new_passphrase import NewPassphrase
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.fields import LineField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.passphrase import PassphraseField
from tsguard.i18n import _

_INDENT = 26


class Extras(QWidget):
    """Four choices, each with what it needs under it.

    Attributes:
        bound: Whether all documents go into one file.
        evidence: Whether the pages of the evidence stand behind the exhibits.
        locked: Whether a copy is made that asks for a passphrase.
        secret: That passphrase, twice.
        signed: Whether files are signed.
        certificate: Path of the PKCS#12 file.
        opener: Its passphrase.

    Signals:
        changed(): What is made would be another now.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.bound = Tick(theme, _("装订成一个文件"))
        self.evidence = Tick(theme, _("把佐证装订在佐证目录后面"))
        said = _("图片和扫描页里的字程序不读，交出前请逐件看过；这样的文件不加签名和口令。")
        self._evidence_part = _indented(column(Text(theme, said, "caption", "ink2", wrap=True), gap=0))
        self.locked = Tick(theme, _("另做一份要口令才能打开的副本"))
        self.secret = NewPassphrase(theme, _("副本的口令"))
        advice = _("口令请另外告诉收件人，不要和文件放在一起。程序不记这个口令。")
        self._locked_part = _indented(
            column(self.secret, Text(theme, advice, "caption", "ink2", wrap=True), gap=8)
        )
        self.signed = Tick(theme, _("加电子签名"))
        self.certificate = LineField(theme, _("证书文件"), placeholder=_(".p12或.pfx"))
        browse = Button(theme, _("选择…"))
        browse.setAccessibleName(_("选择证书文件"))
        browse.clicked.connect(self._browse)
        self.opener = PassphraseField(theme, _("证书的口令"))
        said = _("用贵司自己的PKCS#12证书；签名能否作数，以收件单位的要求为准。")
        self._signed_part = _indented(
            column(
                self.certificate,
                row(browse, None),
                self.opener,
                Text(theme, said, "caption", "ink2", wrap=True),
                gap=8,
            )
        )
        self.setLayout(
            column(
                self.bound,
                self.evidence,
                self._evidence_part,
                self.locked,
                self._locked_part,
                self.signed,
                self._signed_part,
                gap=4,
            )
        )
        for _letter, tick in self._ticks():
            tick.clicked.connect(self._clicked)
        self._show()

    @property
    def count(self) -> int:
        """How many of them are chosen."""
        return sum(tick.isChecked() and tick.isEnabled() for _letter, tick in self._ticks())

    @property
    def chosen(self) -> str:
        """What is chosen, as letters for ``choose``; never a passphrase."""
        return "".join(letter for letter, tick in self._ticks() if tick.isChecked())

    def choose(self, letters: str) -> None:
        """Choose what ``chosen`` gave; emits nothing."""
        for letter, tick in self._ticks():
            tick.setChecked(letter in letters)
        self._show()

    def _ticks(self) -> tuple[tuple[str, Tick], ...]:
        return ("b", self.bound), ("e", self.evidence), ("l", self.locked), ("s", self.signed)

    def in_order(self) -> bool:
        """Whether what is chosen has all it needs; says what is missing where not."""
        if self.locked.isChecked() and not self.secret.in_order():
            return False
        if self.signed.isChecked() and not self.certificate.text():
            self.certificate.set_error(_("请选择证书文件，或去掉电子签名。"))
            self.certificate.setFocus()
            return False
        self.certificate.set_error("")
        return True

    def passphrase(self) -> str | None:
        """Of the locked copy; None where none is wanted."""
        return self.secret.text() if self.locked.isChecked() else None

    def signing(self) -> tuple[Path, str] | None:
        """Certificate and its passphrase; None where nothing is to be signed."""
        if not self.signed.isChecked():
            return None
        return Path(self.certificate.text()), self.opener.text()

    def forget(self) -> None:
        """Drop the passphrases, at lock and when the files are written."""
        self.secret.clear()
        self.opener.clear()
        self.opener.set_error("")

    def _browse(self) -> None:
        folder = str(Path(self.certificate.text()).parent) if self.certificate.text() else ""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("选择证书文件"), folder, _("证书(*.p12 *.pfx);;所有文件(*)")
        )
        if name:
            self.certificate.set_text(name)
            self.certificate.set_error("")

    def _clicked(self, _on: bool) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._evidence_part.setVisible(self.evidence.isChecked())
        self._locked_part.setVisible(self.locked.isChecked())
        self._signed_part.setVisible(self.signed.isChecked())
        if not self.locked.isChecked():
            self.secret.clear()
        if not self.signed.isChecked():
            self.opener.clear()


def _indented(body: QLayout) -> QWidget:
    return holder(row(_INDENT, holder(body), gap=0, margins=(0, 2, 0, 8)))
