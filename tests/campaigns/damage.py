"""Any damage is found: opening a vault and reading everything gives a typed error or the exact data.

Every region of every page is flipped, pages are swapped, cut off, emptied and put back from an older copy of
the vault, and so is its log. A page from an older copy is authentic: if it changes what is read, the check of
the journal finds it.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from support.checklists import make_checklist, make_item, make_module, make_programme
from support.dossier import CLEARANCE, TASK, attach_scan, document
from support.vaults import PASSPHRASE, QUICK, TODAY

from campaigns.outcome import Line
from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import TSGuardError
from tsguard.services.cabinet import filed
from tsguard.services.session import Session
from tsguard.store.driver import PAGE_SIZE

_PLACES = (0, 1, 7, 8, 100, 1000, 2000, 3000, 4000, 4015, 4016, 4031, 4032, 4060, 4095)
_ITEMS = 40
Content = dict[str, bytes]
"""A vault and its log, by name."""


def run(rounds: int, seed: int) -> Iterator[Line]:
    """All of it; swaps are as many as there are rounds."""
    chance = random.Random(seed)  # noqa: S311 - no secrets
    with tempfile.TemporaryDirectory() as name:
        ground = _Ground(Path(name))
        whole = ground.whole[ground.name]
        pages = len(whole) // PAGE_SIZE
        yield ground.play("flipped", _flips(whole, rounds, chance))
        yield ground.play("the first 100 bytes", ((f"byte {at}", _flip(whole, at)) for at in range(100)))
        pairs = list(itertools.combinations(range(pages), 2))
        chosen = chance.sample(pairs, min(len(pairs), rounds))
        yield ground.play("swapped", ((f"pages {one}, {two}", _swap(whole, one, two)) for one, two in chosen))
        yield ground.play("cut", ((f"to {n} pages", whole[: n * PAGE_SIZE]) for n in range(pages)))
        yield ground.play(
            "cut askew", ((f"to {n}", whole[:n]) for n in chance.sample(range(len(whole)), min(40, rounds)))
        )
        yield ground.play("emptied", ((f"page {n}", _put(whole, n, bytes(PAGE_SIZE))) for n in range(pages)))
        older = ground.older[ground.name]
        yield ground.play(
            "one older page",
            (
                (f"page {n}", _put(whole, n, _page(older, n)))
                for n in range(min(pages, len(older) // PAGE_SIZE))
                if _page(older, n) != _page(whole, n)
            ),
            authentic=True,
        )
        yield ground.play_log(rounds, chance)


def _page(content: bytes, number: int) -> bytes:
    return content[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]


def _put(content: bytes, number: int, page: bytes) -> bytes:
    return content[: number * PAGE_SIZE] + page + content[(number + 1) * PAGE_SIZE :]


def _swap(content: bytes, one: int, two: int) -> bytes:
    return _put(_put(content, one, _page(content, two)), two, _page(content, one))


def _flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0x41]) + content[at + 1 :]


def _flips(content: bytes, rounds: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    places = [start + at for start in range(0, len(content), PAGE_SIZE) for at in _PLACES]
    for at in sorted(chance.sample(places, min(len(places), 4 * rounds))):
        yield f"byte {at}", _flip(content, at)


class _Ground:
    """A small vault, an older state of it, and one with a log, each with what it says."""

    name = "v.tsg"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / self.name
        source = folder / "证.bin"
        source.write_bytes(b"content" * 900)
        scan = folder.with_name(f"{folder.name}-盖章页.bin")
        scan.write_bytes(b"sealed" * 900)
        session = Session.create(
            self._path, PASSPHRASE, Enterprise(name="甲"), today=lambda: TODAY, profiles=QUICK
        )
        items = [make_item(f"ORG-{number:02}") for number in range(_ITEMS)]
        session.choose((), make_checklist(make_module({"ORG": items})), make_programme({"ORG": 100}))
        for number in range(_ITEMS):
            session.put_answer(Answer(f"ORG-{number:02}", Verdict.MET, note="旧" * 60))
        session.cabinet.add(filed(Evidence("", "", title="证"), source, session.cabinet.store_file(source)))
        session.close()
        self.older = self._take()
        session = self._session()
        for number in range(0, _ITEMS, 2):
            session.put_answer(Answer(f"ORG-{number:02}", Verdict.NOT_MET, note="新𠮷" * 60))
        session.put_answer(Answer("ORG-03"))
        session.points.add(SecretPoint(name="代号㵘"))
        session.rectifications.add(TASK)
        attach_scan(session, session.issued.add(document(session)).id, scan)
        session.clearances.add(CLEARANCE)
        session.close()
        self.whole = self._take()
        self.truth = self._read()
        session = self._session()
        self.states = []
        for number in range(6):
            session.put_answer(Answer(f"ORG-{number:02}", Verdict.PARTLY, note="日志" * 100))
            self.states.append(_everything(session))
        self.logged = self._take()
        session.close()

    def _session(self) -> Session:
        return Session.open(self._path, PASSPHRASE, today=lambda: TODAY, profiles=QUICK)

    def _take(self) -> Content:
        return {each.name: each.read_bytes() for each in self._folder.glob(f"{self.name}*")}

    def _lay(self, content: Content) -> None:
        for each in self._folder.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        for name, data in content.items():
            (self._folder / name).write_bytes(data)

    def _read(self) -> tuple[object, ...]:
        """Everything in the file.

        Raises:
            TSGuardError: It can't be read.
        """
        session = self._session()
        try:
            return _everything(session)
        finally:
            with contextlib.suppress(TSGuardError):
                session.close()

    def _verify(self) -> None:
        session = self._session()
        try:
            session.file.verify_journal()
        finally:
            session.close()

    def play(self, what: str, changes: Iterable[tuple[str, bytes]], *, authentic: bool = False) -> Line:
        """Lay each changed file and read it."""
        return self._play(
            what,
            ((about, {self.name: content}) for about, content in changes),
            lambda found: found == self.truth,
            authentic=authentic,
        )

    def play_log(self, rounds: int, chance: random.Random) -> Line:
        """The log cut and flipped: what is read is a state that was committed, and whole."""
        log = self.logged[f"{self.name}-wal"]
        ats = chance.sample(range(len(log)), min(len(log), rounds))
        changed = [(f"log byte {at}", _flip(log, at)) for at in ats]
        changed += [(f"log cut to {at}", log[:at]) for at in ats[: rounds // 2]]
        states = [self.truth, *self.states]
        contents = ((about, {**self.logged, f"{self.name}-wal": data}) for about, data in changed)
        return self._play("the log flipped and cut", contents, lambda found: found in states)

    def _play(
        self,
        what: str,
        contents: Iterable[tuple[str, Content]],
        right: Callable[[object], bool],
        *,
        authentic: bool = False,
    ) -> Line:
        line = Line(what)
        refused = exact = by_journal = 0
        for about, content in contents:
            line.rounds += 1
            self._lay(content)
            try:
                found = self._read()
            except TSGuardError:
                refused += 1
                continue
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                line.failures.append(f"{about}: {type(error).__name__} {error}")
                continue
            if right(found):
                exact += 1
                continue
            if authentic:
                self._lay(content)
                try:
                    self._verify()
                except TSGuardError:
                    by_journal += 1
                    continue
            line.failures.append(f"{about}: wrong data")
        line.note = f"{refused} refused, {exact} exact, {by_journal} found by the journal"
        return line


def _everything(session: Session) -> tuple[object, ...]:
    return (
        session.enterprise,
        session.assessment,
        dict(session.answers),
        tuple(session.points),
        tuple((piece, b"".join(session.cabinet.read(piece.id))) for piece in session.cabinet),
        tuple(session.rectifications),
        tuple((issued, b"".join(session.issued.read(issued.id))) for issued in session.issued),
        tuple(session.clearances),
        session._vault.journal(),
    )
