"""A full or failing disk: each use case ends with one of our errors, and nothing that was stored is lost.

Three ways: files may not grow beyond a limit that rises step by step (``RLIMIT_FSIZE``); a file system of a
limited size; and an error injected at each call to the operating system and to the driver that writes.
Afterwards, with room again, the vault is usable and has everything, and nothing else lies beside it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from support.dossier import CLEARANCE, TASK, attach_scan, document
from support.vaults import NAME, PASSPHRASE, QUICK, TODAY, new_session

from campaigns.kill import Ground, _make_version_1
from campaigns.outcome import Line, check_beside, check_whole, opened
from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.errors import TSGuardError, from_os
from tsguard.services import backups, restore
from tsguard.services.backup_files import Places
from tsguard.services.cabinet import filed
from tsguard.services.plain_copy import write_csv
from tsguard.services.session import Session
from tsguard.store.driver import Database

NEW = "另一个口令 battery staple"


@dataclass(frozen=True)
class Case:
    """A use case.

    Attributes:
        name: Its name.
        run: Does it in a place, with an open session where ``needs`` says so.
        needs: What has to be there: ``open``, ``file`` for a closed vault, ``old`` for one of version 1.
    """

    name: str
    run: Callable[[Path, Session | None], object]
    needs: str = "open"


def _vault(place: Path) -> Path:
    return place / "企业.tsg"


def _create(place: Path, _session: Session | None) -> None:
    made = Session.create(
        place / "新.tsg", PASSPHRASE, Enterprise(name=NAME), today=lambda: TODAY, profiles=QUICK
    )
    try:
        made.close()
    finally:
        for each in place.glob("新.tsg*"):
            each.unlink()


def _answers(_place: Path, session: Session | None) -> None:
    assert session is not None
    for number, item in enumerate(list(session.checklist.items())[:40]):
        session.put_answer(Answer(item.id, Verdict.MET, note="注" * 700 + str(number)))


def _evidence(place: Path, session: Session | None) -> None:
    assert session is not None
    source = place.parent / "佐证.bin"
    stored = session.cabinet.store_file(source)
    session.cabinet.add(filed(Evidence("", "", title="证"), source, stored))


def _dossier(place: Path, session: Session | None) -> None:
    assert session is not None
    session.rectifications.add(TASK)
    attach_scan(session, session.issued.add(document(session)).id, place.parent / "佐证.bin")
    session.clearances.add(CLEARANCE)


def _passphrase(_place: Path, session: Session | None) -> None:
    assert session is not None
    session.file.change_passphrase(NEW)


def _copy(place: Path, session: Session | None) -> None:
    assert session is not None
    session.file.copy_to(place / "副本.tsg")
    (place / "副本.tsg").unlink()


def _backup(place: Path, session: Session | None) -> None:
    assert session is not None
    try:
        backups.back_up(session.file, Places(place / "备份"))
    finally:
        for each in (place / "备份").rglob("*"):
            assert ".tmp-" not in each.name, f"draft among the backups: {each.name}"
        shutil.rmtree(place / "备份", ignore_errors=True)


def _restore(place: Path, _session: Session | None) -> None:
    backup = place.parent / "先前.tsg"
    try:
        restore.restore_to(backup, PASSPHRASE, place / "恢复.tsg", profiles=QUICK)
    finally:
        with contextlib.suppress(FileNotFoundError):
            (place / "恢复.tsg").unlink()


def _export(place: Path, _session: Session | None) -> None:
    try:
        write_csv(place / "表.csv", [["甲" * 200] * 20 for _row in range(200)])
    finally:
        with contextlib.suppress(FileNotFoundError):
            (place / "表.csv").unlink()


def _close(_place: Path, session: Session | None) -> None:
    assert session is not None
    session.close()


def _open(place: Path, _session: Session | None) -> None:
    Session.open(_vault(place), PASSPHRASE, today=lambda: TODAY, profiles=QUICK).close()


CASES = (
    Case("create", _create, "file"),
    Case("answers", _answers),
    Case("evidence", _evidence),
    Case("dossier", _dossier),
    Case("passphrase", _passphrase),
    Case("copy", _copy),
    Case("backup", _backup),
    Case("restore", _restore, "file"),
    Case("export", _export, "file"),
    Case("close", _close),
    Case("open", _open, "file"),
    Case("migration", _open, "old"),
)

_SEED: dict[str, Path] = {}


def run(rounds: int, seed: int) -> Iterator[Line]:
    """Play each use case with rising limits, then on small disks, then with injected errors."""
    chance = random.Random(seed)  # noqa: S311 - no secrets
    steps = max(4, rounds // 16)
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        _seed(base)
        for case in CASES:
            yield _limited(case, steps, base, chance)
        for case in CASES:
            yield _small_disk(case, max(3, steps // 4), base)
        for case in CASES:
            yield _injected(case, max(8, rounds // 6), base)


def _seed(base: Path) -> None:
    """The vaults that every step begins with, and what else they need."""
    (base / "seed").mkdir()
    (base / "佐证.bin").write_bytes(random.Random(1).randbytes(1_300_000))  # noqa: S311 - content
    session = new_session(base / "seed")
    for item in list(session.checklist.items())[60:70]:
        session.put_answer(Answer(item.id, Verdict.PARTLY, note="先前"))
    stored = session.cabinet.store_file(base / "佐证.bin")
    session.cabinet.add(filed(Evidence("", "", title="先前的证"), base / "佐证.bin", stored))
    session.file.copy_to(base / "先前.tsg")
    session.close()
    with (base / "佐证.bin").open("ab") as file:
        file.write(b"another content")
    ground = Ground(base / "old")
    ground.home.mkdir(parents=True)
    ground.source.write_bytes(b"x")
    _make_version_1(ground)
    _SEED.update(file=base / "seed" / "企业.tsg", old=ground.vault)


def _place(case: Case, place: Path) -> Session | None:
    shutil.copy(_SEED["old" if case.needs == "old" else "file"], _vault(place))
    if case.needs != "open":
        return None
    session = Session.open(_vault(place), PASSPHRASE, today=lambda: TODAY, profiles=QUICK)
    items = list(session.checklist.items())
    session.put_answer(Answer(items[-1].id, Verdict.MET, note="在日志里"))
    return session


def _check(case: Case, place: Path, session: Session | None) -> None:
    """With room again: usable, whole, everything there, nothing beside."""
    vault = _vault(place)
    if session is not None and not session.closed:
        _usable(session)
        session.close()
    again = opened(vault, (PASSPHRASE, NEW))
    notes = [answer.note for answer in again.answers.values()]
    if case.needs == "old":
        assert len(notes) == 20
    else:
        assert notes.count("先前") == 10
        assert case.needs != "open" or "在日志里" in notes
        assert any(piece.title == "先前的证" for piece in again.cabinet)
    check_whole(again)
    _usable(again)
    again.close()
    if case.needs == "old":  # what was put beside before the tables were changed opens, too
        for each in sorted(place.glob("*.v1*")):
            opened(each, (PASSPHRASE,)).close()
        for each in place.glob("*.v1*"):
            each.unlink()
    check_beside(place, vault.name)
    vault.unlink()


def _usable(session: Session) -> None:
    item = list(session.checklist.items())[-2].id
    before = session.answer(item)
    session.put_answer(Answer(item, Verdict.MET, note="仍可用"))
    session.put_answer(before)


def _fails(case: Case, place: Path, session: Session | None) -> str:
    """Run it: the name of the error, "" for none.

    Raises:
        AssertionError: It is not one of ours.
    """
    try:
        case.run(place, session)
    except TSGuardError as error:
        return type(error).__name__
    except Exception as error:
        message = f"{case.name} raised {type(error).__module__}.{type(error).__name__}: {error}"
        raise AssertionError(message) from error
    return ""


def _note(outcomes: list[str]) -> str:
    counted = {name or "done": outcomes.count(name) for name in sorted(set(outcomes))}
    return ", ".join(f"{count} {name}" for name, count in counted.items())


# --- a limit on the size of files -------------------------------------------------------------------


def _limited(case: Case, steps: int, base: Path, chance: random.Random) -> Line:
    line = Line(f"{case.name}, files of limited size", steps)
    outcomes = []
    more = 1_500_000 if case.name in {"evidence", "dossier", "close"} else 0
    most = int(_SEED["file"].stat().st_size * 1.3) + more
    for step in range(steps):
        limit = most * step * step // (steps - 1) ** 2 + chance.randrange(-2000, 2000) * (step > 0)
        place = base / "limited"
        place.mkdir()
        try:
            told = _in_child(case, place, max(0, limit))
            outcomes.append(told)
        except AssertionError as error:
            line.failures.append(f"limit {limit}: {error}")
        shutil.rmtree(place)
    line.note = _note(outcomes)
    return line


def _in_child(case: Case, place: Path, limit: int) -> str:
    """In a fork: the limit binds the whole process."""
    import resource

    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        told = {"outcome": "", "failure": ""}
        try:
            session = _place(case, place)
            _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            try:
                told["outcome"] = _fails(case, place, session)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            _check(case, place, session)
        except BaseException as error:  # noqa: BLE001 - told to the parent
            told["failure"] = f"{told['outcome'] or 'done'}, then {type(error).__name__}: {error}"
        os.write(writing, json.dumps(told).encode()[:60000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = json.loads(pipe.read())
    os.waitpid(child, 0)
    assert not told["failure"], told["failure"]
    return str(told["outcome"])


# --- a small disk -----------------------------------------------------------------------------------


def _mount(place: Path, options: str) -> bool:
    command = ["/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    return not subprocess.run(command, capture_output=True, check=False).returncode


def _small_disk(case: Case, steps: int, base: Path) -> Line:
    line = Line(f"{case.name}, a small disk", steps)
    outcomes = []
    place = base / "disk"
    place.mkdir()
    held = _SEED["file"].stat().st_size // 1024
    for step in range(steps):
        if not _mount(place, "size=64m"):
            line.rounds, line.note = 0, "skipped: this account may not mount file systems"
            break
        try:
            session = _place(case, place)
            # From a few KiB of room to more than a second vault.
            room = 8 + int(held * 1.5 * step / max(1, steps - 1))
            used = sum(each.stat().st_size for each in place.iterdir()) // 1024
            subprocess.run(
                ["/bin/mount", "-o", f"remount,size={used + room}k", str(place)],
                check=True,
                capture_output=True,
            )
            outcomes.append(_fails(case, place, session))
            subprocess.run(["/bin/mount", "-o", "remount,size=64m", str(place)], check=True)
            _check(case, place, session)
        except (AssertionError, TSGuardError) as error:
            line.failures.append(f"step {step}: {type(error).__name__} {error}")
        finally:
            subprocess.run(["/bin/umount", "-l", str(place)], check=True)
    place.rmdir()
    line.note = line.note or _note(outcomes)
    return line


# --- errors injected --------------------------------------------------------------------------------


class _Failing:
    """Counts calls that write, and lets the n-th of them fail, once or from then on.

    Attributes:
        reached: Whether there was an n-th.
    """

    def __init__(self, number: int, error: OSError, *, lasting: bool) -> None:
        self._number = number
        self._error = error
        self._lasting = lasting
        self._calls = 0
        self.reached = False

    def due(self) -> bool:
        """Whether this call fails."""
        self._calls += 1
        fails = self._calls == self._number or (self._lasting and self._calls > self._number)
        self.reached = self.reached or fails
        return fails

    def system(self, name: str) -> Callable[..., object]:
        """A call to the operating system."""
        real = getattr(os, name)

        def call(*args: object, **kwargs: object) -> object:
            writes = name != "open" or (isinstance(args[1], int) and args[1] & (os.O_CREAT | os.O_WRONLY))
            if writes and self.due():
                raise self._error
            return real(*args, **kwargs)

        return call

    def driver(self, name: str) -> Callable[..., object]:
        """A call to the driver."""
        real = getattr(Database, name)

        def call(database: Database, *args: object, **kwargs: object) -> object:
            text = str(args[0]) if args else ""
            if "ROLLBACK" not in text and self.due():
                raise from_os(database.path, self._error)
            return real(database, *args, **kwargs)

        return call


_SYSTEM = ("open", "fsync", "link", "replace", "rename", "write", "truncate", "mkdir")
_DRIVER = ("execute", "insert", "copy_into", "value")


def _injected(case: Case, most: int, base: Path) -> Line:
    """The n-th call fails, for n from 1 until there is none."""
    line = Line(f"{case.name}, errors injected")
    outcomes = []
    errors = [OSError(number, os.strerror(number)) for number in (errno.ENOSPC, errno.EIO, errno.EACCES)]
    place = base / "injected"
    for number in range(1, most + 1):
        failing = _Failing(number, errors[number % 3], lasting=number % 2 == 0)
        place.mkdir()
        line.rounds += 1
        session = None
        try:
            session = _place(case, place)
            with contextlib.ExitStack() as patches:
                for name in _SYSTEM:
                    patches.enter_context(mock.patch.object(os, name, failing.system(name)))
                for name in _DRIVER:
                    patches.enter_context(mock.patch.object(Database, name, failing.driver(name)))
                outcomes.append(_fails(case, place, session))
            _check(case, place, session)
        except (AssertionError, TSGuardError) as error:
            line.failures.append(f"call {number}: {type(error).__name__} {error}")
            if session is not None:
                with contextlib.suppress(TSGuardError):
                    session.close()
        shutil.rmtree(place)
        if not failing.reached:
            break
    line.note = _note(outcomes)
    return line
