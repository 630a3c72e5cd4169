"""Killed at any moment: what was acknowledged is there, and the vault opens.

A child process works in a vault and says through a pipe what it was told is stored. It is killed, at a random
moment or at its n-th call to the file system. Then the parent opens the vault, with the old or with the new
passphrase, and looks for everything. Children are forks, so that a round takes some hundredths of a second;
no vault is open in the parent while it forks.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from support.dossier import TASK, attach_scan, document
from support.vaults import NAME, PASSPHRASE, QUICK, TODAY, new_session

from campaigns.outcome import Line, check_beside, check_whole, opened
from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.errors import VaultMissing
from tsguard.services import backups
from tsguard.services.backup_files import Places
from tsguard.services.cabinet import filed
from tsguard.services.session import Session
from tsguard.store import driver, header, kdf, migrations, records
from tsguard.store.journal import timestamp, utc_now

NEW = "另一个口令 battery staple"
Say = Callable[[str], None]
Work = Callable[["Ground", Say], None]

_WATCHED = {
    "open",
    "os.rename",
    "os.remove",
    "os.link",
    "os.truncate",
    "os.chmod",
    "os.mkdir",
    "fcntl.flock",
    "os.scandir",
    "os.listdir",
}
_FRESH_AFTER = 25
"""Rounds after which a scenario begins with a fresh vault, so that it stays small."""


@dataclass
class Ground:
    """Where a scenario plays.

    Attributes:
        folder: Everything of it.
        answers: The note last acknowledged, by item.
        evidence: The SHA-256 acknowledged, by number.
        copies: Copies acknowledged, by name.
        serial: Counts notes, so that each is another.
    """

    folder: Path
    answers: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    copies: set[str] = field(default_factory=set)
    serial: int = 0

    @property
    def home(self) -> Path:
        """The vault's folder."""
        return self.folder / "库"

    @property
    def vault(self) -> Path:
        """The vault."""
        return self.home / "企业.tsg"

    @property
    def out(self) -> Path:
        """Where copies go."""
        return self.folder / "副本"

    @property
    def source(self) -> Path:
        """A file to be taken in as evidence."""
        return self.folder / "佐证.bin"


def _open(ground: Ground, passphrase: str = "") -> Session:
    if passphrase:
        return Session.open(ground.vault, passphrase, today=lambda: TODAY, profiles=QUICK)
    return opened(ground.vault, (PASSPHRASE, NEW))


# --- what the child does ----------------------------------------------------------------------------


def _answer(session: Session, ground: Ground, say: Say) -> None:
    items = [item.id for item in session.checklist.items()]
    item, note = items[ground.serial % len(items)], f"{ground.serial} " + "注" * (ground.serial * 37 % 900)
    ground.serial += 1
    session.put_answer(Answer(item, Verdict.PARTLY, note=note))
    say(f"answer {item} {note}")


def answers(ground: Ground, say: Say) -> None:
    """Answers, one after another."""
    session = _open(ground)
    say("begin")
    for _number in range(2000):
        _answer(session, ground, say)


def evidence(ground: Ground, say: Say) -> None:
    """Files taken in, as evidence and as scans, with answers and tasks between."""
    session = _open(ground)
    say("begin")
    for _number in range(6):
        stored = session.cabinet.store_file(ground.source)
        piece = session.cabinet.add(filed(Evidence("", "", title="证"), ground.source, stored))
        say(f"evidence {piece.id} {stored.sha256}")
        session.rectifications.add(TASK)
        attach_scan(session, session.issued.add(document(session)).id, ground.source)
        _answer(session, ground, say)
        with ground.source.open("ab") as file:
            file.write(os.urandom(1000))


def passphrase(ground: Ground, say: Say) -> None:
    """The passphrase changed back and forth, with answers between."""
    session = _open(ground)
    for _number in range(50):
        _answer(session, ground, say)
        other = NEW if session.file.proves(PASSPHRASE) else PASSPHRASE
        say("begin")
        session.file.change_passphrase(other)
        _answer(session, ground, say)


def together(ground: Ground, say: Say) -> None:
    """The passphrase changed back and forth while another thread answers."""
    session = _open(ground)

    def work() -> None:
        for _number in range(2000):
            _answer(session, ground, say)

    threading.Thread(target=work, daemon=True).start()
    say("begin")
    for number in range(50):
        session.file.change_passphrase((NEW, PASSPHRASE)[number % 2])


def copy(ground: Ground, say: Say) -> None:
    """Copies, with answers between."""
    session = _open(ground)
    for number in range(50):
        _answer(session, ground, say)
        say("begin")
        name = f"{os.getpid()}-{number}.tsg"
        session.file.copy_to(ground.out / name)
        say(f"copy {name}")


def backup(ground: Ground, say: Say) -> None:
    """Backups in the backups' own place, with answers between."""
    session = _open(ground)
    for _number in range(50):
        _answer(session, ground, say)
        say("begin")
        backups.back_up(session.file, Places(ground.out))


def close(ground: Ground, say: Say) -> None:
    """Closing, with something in the log and a file to be thrown away."""
    for _number in range(20):
        session = _open(ground)
        _answer(session, ground, say)
        session.cabinet.store_file(ground.source)
        say("begin")
        session.close()


def migration(ground: Ground, say: Say) -> None:
    """Opening a vault of version 1."""
    say("begin")
    _open(ground).close()


def create(ground: Ground, say: Say) -> None:
    """Making a vault: it is there with its company, or it is not there."""
    for each in ground.home.iterdir():
        each.unlink()
    say("begin")
    Session.create(
        ground.vault, PASSPHRASE, Enterprise(name=NAME), today=lambda: TODAY, profiles=QUICK
    ).close()
    say("created")


ALL: tuple[Work, ...] = (
    answers,
    evidence,
    passphrase,
    together,
    copy,
    backup,
    close,
    migration,
    create,
)


# --- the round --------------------------------------------------------------------------------------


def run(rounds: int, seed: int) -> Iterator[Line]:
    """Play every scenario equally often, together so many rounds."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    share = max(1, -(-rounds // len(ALL)))
    with tempfile.TemporaryDirectory() as folder:
        for work in ALL:
            yield _play(work, share, chance, Path(folder) / work.__name__)


def _play(work: Work, rounds: int, chance: random.Random, folder: Path) -> Line:
    line = Line(work.__name__, rounds)
    kept, killed, slowest = 0, 0, 0.0
    ground = None
    for number in range(rounds):
        if ground is None or number % _FRESH_AFTER == 0 or work is migration:
            shutil.rmtree(folder, ignore_errors=True)
            ground = _prepare(folder, version_1=work is migration)
        start = time.monotonic()
        longest = 0.4 if work is evidence else 0.1
        counted = work not in {answers, evidence}  # those make no calls but SQLite's own
        event = chance.randrange(1, 60) if counted and number % 3 == 2 else 0
        wait = (
            0
            if event
            else chance.choice(
                (0.0, chance.uniform(0, 0.004), chance.uniform(0, 0.05), chance.uniform(0, longest))
            )
        )
        try:
            killed += _kill(work, ground, wait, event)
            if work is create:
                _look_at_new(ground)
            else:
                kept += _look(ground, work)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            line.failures.append(
                f"round {number}, {wait:.4f} s, call {event}: {type(error).__name__} {error}"
            )
            ground = None
        slowest = max(slowest, time.monotonic() - start)
    line.note = f"{killed} killed, {kept} answers kept, slowest round {slowest:.2f} s"
    return line


def _prepare(folder: Path, *, version_1: bool) -> Ground:
    ground = Ground(folder)
    for each in (ground.home, ground.out):
        each.mkdir(parents=True)
    ground.source.write_bytes(os.urandom(1_300_000))
    if version_1:
        _make_version_1(ground)
    else:
        new_session(ground.home).close()
    return ground


def _make_version_1(ground: Ground) -> None:
    """A vault as the first migration alone leaves it, with a company, an assessment and answers."""
    template = new_session(ground.folder / "template")
    for _number in range(20):
        _answer(template, ground, lambda word: _hear(ground, word))
    template.close()
    source, key = driver.connect, kdf.derive
    salt = header.fresh(max(QUICK))
    old = source(ground.vault, key(PASSPHRASE, salt.salt, QUICK[200]), salt.salt)
    head = template.path.read_bytes()[:16]
    new = source(template.path, key(PASSPHRASE, head, QUICK[200]), head)
    driver.prepare(old)
    migrations.migrate(old, timestamp(utc_now), migrations.MIGRATIONS[:1])
    there = old.tables()
    names = [table.name for table in records.TABLES if table.name in there]
    with old.transaction():
        for name in ("meta", "frozen_texts", *names, "journal"):
            for row in new.rows(f"SELECT * FROM {name}"):  # noqa: S608 - our own tables
                marks = ", ".join("?" * len(row))
                old.execute(f"INSERT INTO {name} VALUES ({marks})", tuple(row.values()))  # noqa: S608
    driver.checkpoint(old)
    old.close()
    new.close()
    shutil.rmtree(ground.folder / "template")


def _hear(ground: Ground, word: str) -> None:
    kind, _space, rest = word.partition(" ")
    if kind == "answer":
        item, _space, note = rest.partition(" ")
        ground.answers[item] = note
        ground.serial = max(ground.serial, int(note.partition(" ")[0]) + 1)
    elif kind == "evidence":
        number, _space, sha256 = rest.partition(" ")
        ground.evidence[number] = sha256
    elif kind == "copy":
        ground.copies.add(rest)


def _kill(work: Work, ground: Ground, wait: float, event: int) -> bool:
    """Let a child work and kill it; whether it was still alive."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _child(work, ground, writing, event)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        heard = b""
        while b"begin\n" not in heard and (more := pipe.read(65536)):
            heard += more
        if not event:
            time.sleep(wait)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        while more := pipe.read(65536):
            heard += more
    _pid, status = os.waitpid(child, 0)
    for word in heard.decode().split("\n")[:-1]:
        if word.startswith("raised"):
            raise AssertionError(word)
        _hear(ground, word)
    return os.WIFSIGNALED(status)


def _child(work: Work, ground: Ground, pipe: int, event: int) -> None:
    calls = [0]

    def say(word: str) -> None:
        os.write(pipe, f"{word}\n".encode())
        calls[0] += word == "begin" and not calls[0]

    def watch(name: str, _arguments: object) -> None:
        if calls[0] and name in _WATCHED:
            calls[0] += 1
            if calls[0] > event:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        if event:
            sys.addaudithook(watch)
        work(ground, say)
    except BaseException as error:  # noqa: BLE001 - told to the parent
        say(f"raised {type(error).__name__}: {error}")
    os._exit(0)


# --- afterwards -------------------------------------------------------------------------------------


def _look(ground: Ground, work: Work) -> int:
    session = _open(ground)
    told = ground.answers.items()
    behind = {item: note for item, note in told if _serial(session, item) < int(note.split()[0])}
    assert not behind, f"answers lost: {sorted(behind)}"
    ahead = [item for item in session.answers if session.answer(item).note != ground.answers.get(item)]
    assert len(ahead) <= 1, f"more than the one under way: {ahead}"
    pieces = {piece.id: piece.sha256 for piece in session.cabinet}
    scans = {scan.sha256 for scan in session.issued.scans()}
    assert pieces.items() >= ground.evidence.items()
    assert len(pieces) <= len(ground.evidence) + 1
    check_whole(session)
    files = session.file.info()
    ground.answers = {item: session.answer(item).note for item in session.answers}
    ground.serial = max((_serial(session, item) + 1 for item in session.answers), default=0)
    ground.evidence = pieces
    with session._vault._access() as database:
        assert database.count("files") == len({*pieces.values(), *scans})
    assert files.path == ground.vault
    if work is backup:
        backups.back_up(session.file, Places(ground.out))
    session.close()
    if work is migration:
        _look_at_kept(ground)
    check_beside(ground.home, ground.vault.name, *(_kept(ground) if work is migration else ()))
    if work in {copy, backup}:
        _look_at_copies(ground, swept=work is backup)
    return len(ground.answers)


def _serial(session: Session, item: str) -> int:
    return int((session.answer(item).note or "-1").split()[0])


def _kept(ground: Ground) -> list[str]:
    """Copies of any older version: killed between two migrations, the next opening begins in the middle."""
    older = tuple(f".v{number}" for number in range(1, len(migrations.MIGRATIONS)))
    return [
        each.name
        for each in ground.home.iterdir()
        if each.suffix == ".tsg" and any(mark in each.name for mark in older)
    ]


def _look_at_kept(ground: Ground) -> None:
    """What was put beside the vault before its tables were changed opens as well."""
    kept = _kept(ground)
    assert kept
    for name in kept:
        place = ground.folder / "kept.tsg"
        shutil.copy(ground.home / name, place)
        session = opened(place, (PASSPHRASE,))
        assert {item: session.answer(item).note for item in session.answers} == ground.answers
        check_whole(session)
        session.close()
        for each in ground.folder.glob("kept*"):
            each.unlink()


def _look_at_copies(ground: Ground, *, swept: bool) -> None:
    found = [each for each in ground.out.rglob("*.tsg") if not each.name.startswith(".")]
    assert {each.name for each in found} >= ground.copies
    for each in found:
        place = ground.folder / "copy.tsg"
        shutil.copy(each, place)
        session = opened(place, (PASSPHRASE, NEW))
        check_whole(session)
        session.close()
        if not swept:
            each.unlink()
    drafts = [each.name for each in ground.out.rglob("*") if ".tmp-" in each.name]
    if swept:
        assert not drafts, f"drafts left among the backups: {drafts}"
        for each in found[:-2]:
            each.unlink()
    else:
        for name in drafts:
            (ground.out / name).unlink()
    ground.copies.clear()


def _look_at_new(ground: Ground) -> None:
    try:
        session = opened(ground.vault, (PASSPHRASE,))
    except VaultMissing:
        # Whoever makes one at that place again takes away what is left of the first try.
        session = Session.create(
            ground.vault, PASSPHRASE, Enterprise(name=NAME), today=lambda: TODAY, profiles=QUICK
        )
    assert session.enterprise.name == NAME
    check_whole(session)
    session.close()
    check_beside(ground.home, ground.vault.name)
