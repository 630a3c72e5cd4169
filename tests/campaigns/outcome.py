"""What a scenario of a campaign came to, and what all of them ask of a vault afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from support.vaults import QUICK, TODAY

from tsguard.errors import WrongPassphrase
from tsguard.services.session import Session


@dataclass
class Line:
    """One scenario.

    Attributes:
        what: Its name.
        rounds: How often it was played.
        note: What happened how often.
        failures: What broke a promise, with the facts to repeat it.
    """

    what: str
    rounds: int = 0
    note: str = ""
    failures: list[str] = field(default_factory=list)


def opened(path: Path, passphrases: Iterable[str]) -> Session:
    """Open with one of these.

    Raises:
        AssertionError: None opens it.
    """
    for passphrase in passphrases:
        try:
            return Session.open(path, passphrase, today=lambda: TODAY, profiles=QUICK)
        except WrongPassphrase:
            continue
    message = f"{path.name} opens with none of its passphrases"
    raise AssertionError(message)


def check_whole(session: Session) -> None:
    """Every page authentic, every record as the journal has it, every file as it was stored.

    Raises:
        TSGuardError: It is not.
    """
    session.file.verify_pages()
    session.file.verify_journal()
    for piece in session.cabinet:
        if not piece.is_paper:
            assert sum(map(len, session.cabinet.read(piece.id))) == piece.size


def check_beside(folder: Path, *allowed: str) -> None:
    """Nothing lies there but this.

    Raises:
        AssertionError: Something does.
    """
    left = {each.name for each in folder.iterdir()} - set(allowed)
    assert not left, f"left behind: {sorted(left)}"
