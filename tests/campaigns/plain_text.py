"""Nothing plain on disk: a mark in every field, file and file name, and all files read after each use case.

HOME, TMPDIR and the XDG folders are set into one folder, so that whatever the program or a library writes is
seen. The mark is looked for in UTF-8, UTF-16 and GB18030, and so are the passphrase and the key.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from unittest import mock

from support.dossier import CLEARANCE, attach_scan, document
from support.vaults import QUICK, TODAY

from campaigns.outcome import Line
from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import DiskFull, TSGuardError
from tsguard.services import backups, restore
from tsguard.services.backup_files import Places
from tsguard.services.cabinet import filed
from tsguard.services.content import choose_modules
from tsguard.services.session import Session
from tsguard.services.settings import Settings, save_settings, settings_file
from tsguard.store import rescue

_LATIN = "PLAINMARK7"
MARK = f"绝密标记𬭎㵘䶮𠮷{_LATIN}"
PASSPHRASE = "明文口令㵘WORDMARK9"
NEW = "新的口令𠮷WORDMARK8"
_CODES = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def run(_rounds: int, _seed: int) -> Iterator[Line]:
    """Each use case once, a look after each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = {
            each: str(folder / each)
            for each in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        }
        for place in places.values():
            Path(place).mkdir()
        with (
            mock.patch.dict(os.environ, places),
            mock.patch.object(tempfile, "tempdir", None),
            # The person's own file is outside: it is plain before the program sees it.
            tempfile.TemporaryDirectory(dir=folder.parent) as own,
        ):
            yield from _Scan(folder, Path(own)).play()


def forms(word: str) -> list[bytes]:
    """A word as it may lie on disk."""
    return [word.encode(code) for code in _CODES]


class _Scan:
    def __init__(self, folder: Path, own: Path) -> None:
        self._folder = folder
        self._vault = folder / "库" / "企业.tsg"
        self._vault.parent.mkdir()
        self._source = own / f"{MARK}.txt"
        self._source.write_bytes(MARK.encode() * 40_000 + MARK.encode("utf-16-le") * 20_000)
        self._keys: set[bytes] = set()

    def play(self) -> Iterator[Line]:
        """The use cases, in the order of the work."""
        session = Session.create(
            self._vault, PASSPHRASE, Enterprise(name=MARK), today=lambda: TODAY, profiles=QUICK
        )
        choose_modules(session, ["XIC"])
        steps: list[tuple[str, Callable[[Session], object]]] = [
            ("create", lambda _session: None),
            ("the profile", self._profile),
            ("answers", self._answers),
            ("the registers", lambda each: each.points.add(SecretPoint(name=MARK, note=MARK, kind=MARK))),
            ("evidence", self._evidence),
            ("the dossier", self._dossier),
            ("the place", lambda each: each.remember_place(MARK)),
            ("a failed write", self._failed),
            ("copy", lambda each: each.file.copy_to(self._folder / "副本.tsg")),
            ("backup", lambda each: backups.back_up(each.file, Places(self._folder / "备份"))),
            ("passphrase", lambda each: each.file.change_passphrase(NEW)),
            ("a stopped change", self._stopped),
            ("settings", lambda _session: save_settings(settings_file(), Settings().opened(self._vault))),
        ]
        for what, step in steps:
            step(session)
            self._learn(session)
            yield self._look(what)
        session.close()
        yield self._look("close")
        restore.restore_to(self._folder / "副本.tsg", PASSPHRASE, self._folder / "恢复.tsg", profiles=QUICK)
        yield self._look("restore")
        self._replaced()
        yield self._look("a foreign change")
        for word in ("wrong WORDMARK9", NEW + "x"):
            with contextlib.suppress(TSGuardError):
                Session.open(self._vault, word, profiles=QUICK)
        yield self._look("a wrong passphrase")
        yield self._check_the_look()

    def _check_the_look(self) -> Line:
        """A look that finds nothing where there is something proves nothing."""
        line = Line("the look itself", len(_CODES))
        planted = self._folder / "planted"
        for code in _CODES:
            planted.write_bytes(b"\xff" * 5001 + MARK.encode(code))
            if not self._look("").failures:
                line.failures.append(f"blind to {code}")
        planted.unlink()
        return line

    def _learn(self, session: Session) -> None:
        key = session.file.raw_key().material
        self._keys |= {key, key.hex().encode(), key.hex().upper().encode(), key.hex().encode("utf-16-le")}

    def _profile(self, session: Session) -> None:
        marked = {
            each.name: MARK
            for each in fields(Enterprise)
            if each.type == "str" and each.name not in {"id", "credit_code", "contact_phone"}
        }
        session.save_enterprise(replace(session.enterprise, **marked))  # type: ignore[arg-type]

    def _answers(self, session: Session) -> None:
        for item in list(session.checklist.items())[:30]:
            session.put_answer(Answer(item.id, Verdict.UNKNOWN, note=MARK * 20, ask_whom=MARK))

    def _evidence(self, session: Session) -> None:
        stored = session.cabinet.store_file(self._source)
        session.cabinet.add(filed(Evidence("", "", title=MARK), self._source, stored))

    def _dossier(self, session: Session) -> None:
        session.rectifications.add(Rectification(problem=MARK, measures=MARK, owner=MARK))
        issued = session.issued.add(document(session, file_name=MARK, note=MARK))
        attach_scan(session, issued.id, self._source)
        session.clearances.add(replace(CLEARANCE, quote=MARK, reason=MARK))

    def _failed(self, session: Session) -> None:
        item = next(iter(session.checklist.items())).id
        error = DiskFull(session.path)
        with (
            mock.patch("tsguard.store.journal.Journal.append", side_effect=error),
            contextlib.suppress(DiskFull),
        ):
            session.put_answer(Answer(item, Verdict.MET, note=f"{MARK}2"))

    def _stopped(self, session: Session) -> None:
        with (
            mock.patch.object(rescue, "note", side_effect=DiskFull(session.path)),
            contextlib.suppress(DiskFull),
        ):
            session.file.change_passphrase(PASSPHRASE)

    def _replaced(self) -> None:
        session = Session.open(self._vault, NEW, today=lambda: TODAY, profiles=QUICK)
        self._answers(session)
        session.put_answer(Answer(next(iter(session.checklist.items())).id, Verdict.MET, note=MARK))
        shutil.copy(self._folder / "副本.tsg", self._folder / "来")
        (self._folder / "来").replace(self._vault)
        with contextlib.suppress(TSGuardError):
            session.close()

    def _look(self, what: str) -> Line:
        line = Line(what, 1)
        words = [each for word in (MARK, _LATIN, "WORDMARK", "绝密标记") for each in forms(word)]
        words += [*self._keys, b"CREATE TABLE", b"SQLite format"]
        read = 0
        for path in self._folder.rglob("*"):
            if MARK in path.name or _LATIN in path.name:
                line.failures.append(f"the name of {path.relative_to(self._folder)}")
            if path.is_file():
                content, read = path.read_bytes(), read + 1
                line.failures += [
                    f"{path.relative_to(self._folder)} has {word!r}" for word in words if word in content
                ]
        line.note = f"{read} files read"
        return line
