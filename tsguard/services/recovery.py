"""The recovery code of an open vault: shown, printed, proved, and turned back into what opens the vault.

Nothing here keeps a code or a key, or lets one into an error. The sheet is a file in clear only where the
person asks for one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from tsguard.domain import recovery_code
from tsguard.errors import VaultReplaced
from tsguard.i18n import _
from tsguard.services.explain import Explanation
from tsguard.services.plain_copy import write_chunks
from tsguard.services.session import Session
from tsguard.store import header
from tsguard.store.claim import peek
from tsguard.store.secret import RawKey, key_id


class DrillOutcome(StrEnum):
    """What a code turned out to be."""

    OPENS = "opens"
    OTHER_VAULT = "other-vault"
    OLDER = "older"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Drill:
    """What came of trying a code on an open vault.

    Attributes:
        outcome: Whether it opens the vault, else whose it is as far as the sheet's numbers tell: another
            vault's, or this one's from before a new passphrase.
        lineage: The vault's number as a sheet prints it, 12 hexadecimal digits.
        key_id: Its key's number now, 8 hexadecimal digits.
    """

    outcome: DrillOutcome
    lineage: str
    key_id: str

    @property
    def opens(self) -> bool:
        """Whether the code opens the vault."""
        return self.outcome is DrillOutcome.OPENS


# --- out --------------------------------------------------------------------------------------------


def groups(session: Session) -> tuple[str, ...]:
    """The code of an open vault, 11 groups of 6 characters: whoever sees it can open the vault.

    Raises:
        VaultClosed: The vault is locked.
    """
    return recovery_code.encode(session.file.raw_key().material)


def sheet(session: Session, on: date) -> bytes:
    """The sheet to print and lock away, a PDF of one page; in memory only.

    Args:
        session: Open.
        on: The day that is printed on it.

    Raises:
        VaultClosed: The vault is locked.
    """
    from tsguard.report.recovery_sheet import RecoverySheet, render_sheet  # noqa: PLC0415 - start-up time

    code = groups(session)  # first, for a locked session no longer knows the company
    return render_sheet(
        RecoverySheet(
            company=session.enterprise.name,
            vault=session.path.name,
            lineage=session.file.lineage,
            key_id=session.file.key_id,
            on=on,
            groups=code,
        )
    )


def write_sheet(session: Session, target: Path, *, on: date) -> None:
    """Write the sheet as a file, which then opens the vault for whoever has both.

    Args:
        session: Open.
        target: The PDF's place; an older file there is replaced only when the new one is complete.
        on: The day that is printed on it.

    Raises:
        VaultClosed: The vault is locked.
        NotReplaced: A vault is there; it is untouched.
        StorageError: The file system said no; an older file is untouched.
    """
    write_chunks(target, (sheet(session, on),))


def suggested_name(session: Session) -> str:
    """A file name for the sheet: it names the key's number and nobody."""
    return _("恢复码-{number}.pdf").format(number=session.file.key_id)


# --- back -------------------------------------------------------------------------------------------


def secret_of(text: str) -> RawKey:
    """What ``Session.open`` takes in place of a passphrase.

    Args:
        text: The code as typed.

    Raises:
        RecoveryCodeWrong: A slip is in it; it says in which groups.
    """
    return RawKey(recovery_code.decode(text))


def drill(session: Session, text: str, *, lineage: str = "", key_number: str = "") -> Drill:
    """Try whether a code opens this very vault; nothing changes by it.

    Args:
        session: Open.
        text: The code as typed from the sheet.
        lineage: The vault's number on the sheet, as typed; "" where nobody looked.
        key_number: The key's number on the sheet, likewise.

    Raises:
        RecoveryCodeWrong: A slip is in it; it says in which groups.
        VaultReplaced: Another file is at the vault's place by now, of which nothing can be said.
        VaultClosed: The vault is locked.
    """
    secret = secret_of(text)
    file = session.file
    if file.changed_on_disk():
        raise VaultReplaced(session.path)
    outcome = DrillOutcome.UNKNOWN
    if file.proves(secret):
        outcome = DrillOutcome.OPENS
    elif lineage and _number(lineage) != file.lineage:
        outcome = DrillOutcome.OTHER_VAULT
    elif lineage and key_number and _number(key_number) != file.key_id:
        outcome = DrillOutcome.OLDER
    return Drill(outcome, file.lineage, file.key_id)


def key_number(path: Path) -> str:
    """The number of the key that opens a vault that is not open, 8 hexadecimal digits.

    "" where the file can't be read, is open, or is no vault.
    """
    start = peek(path, header.LENGTH) or b""
    return key_id(start) if len(start) == header.LENGTH and start.startswith(header.MAGIC) else ""


def _number(typed: str) -> str:
    """A number as typed, in one shape."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).replace("-", "").lower()


# --- in words ---------------------------------------------------------------------------------------


def drill_words(found: Drill) -> Explanation:
    """What a drill showed, what it means, and what to do."""
    safe = _("保险库没有改动。")
    return {
        DrillOutcome.OPENS: Explanation(
            _("这个恢复码打得开这个保险库。"), safe, _("请把纸封好，锁进保险柜，与保险库文件分开放。")
        ),
        DrillOutcome.OTHER_VAULT: Explanation(
            _("这是另一个保险库的恢复码，打不开这个。"),
            safe,
            _("请找保险库编号为{lineage}、钥匙编号为{key}的那张，或打印新的。").format(
                lineage=found.lineage, key=found.key_id
            ),
        ),
        DrillOutcome.OLDER: Explanation(
            _("这是换口令以前的恢复码，打不开现在的保险库。"),
            safe,
            _("请打印新的。换口令以前的副本和备份，旧码还打得开；它们没有删完，旧纸也要锁好。"),
        ),
        DrillOutcome.UNKNOWN: Explanation(
            _("这个恢复码没有写错，但打不开这个保险库。"),
            safe,
            _(
                "请看纸上的编号：保险库编号不是{lineage}的，是另一个保险库的；"
                "保险库编号相同而钥匙编号不是{key}的，是换口令以前的，请打印新的。"
            ).format(lineage=found.lineage, key=found.key_id),
        ),
    }[found.outcome]


def refused_words(path: Path) -> Explanation:
    """The words for ``WrongPassphrase`` where a vault was to be opened by a code."""
    number = key_number(path)
    advice = (
        _(
            "请看纸上的钥匙编号：这个文件要{number}的那张。"
            "编号相同还是打不开的，文件开头可能已损坏，请用备份打开。"
        ).format(number=number)
        if number
        else _("请核对纸上的保险库文件名和打印日期；换过口令的，要用换口令以后打印的那张。")
    )
    return Explanation(_("这个恢复码没有写错，但打不开这个保险库。"), _("文件没有改动。"), advice)
