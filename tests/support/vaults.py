"""Real encrypted vaults that open quickly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tsguard.domain.enterprise import Enterprise
from tsguard.services.content import choose_modules
from tsguard.services.session import Session
from tsguard.store.kdf import KdfProfile

QUICK = {200: KdfProfile(memory=8, iterations=1, lanes=1)}
"""No program but the tests' knows number 200, so such a vault never passes for a real one."""
PASSPHRASE = "回形针-correct-horse"
TODAY = date(2026, 11, 23)
NAME = "珠海𬭎㵘䶮𠮷微电子有限公司"


def new_session(folder: Path, *modules: str, choose: bool = True, name: str = NAME) -> Session:
    """A session on a new vault; with the core and the given modules chosen, unless told otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    session = Session.create(
        folder / "企业.tsg", PASSPHRASE, Enterprise(name=name), today=lambda: TODAY, profiles=QUICK
    )
    if choose:
        choose_modules(session, modules)
    return session


def reopened(session: Session) -> Session:
    """Close a session and open its vault again."""
    session.close()
    return Session.open(session.path, PASSPHRASE, today=lambda: TODAY, profiles=QUICK)
