"""The program's proof that it works as it is installed: checks one after the other, on a vault of its own.

It must not touch anything of the person's: settings, vaults and temporary files lie in a folder that is
removed in the end. What the checks are is in ``self_test_…``; those of the window come from outside.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tsguard.errors import TSGuardError
from tsguard.i18n import _
from tsguard.services.account import account_name
from tsguard.services.explain import explain
from tsguard.services.visible import visible
from tsguard.store.owner import this_host

if TYPE_CHECKING:
    from tsguard.services.program_facts import Fact
    from tsguard.services.session import Session

ON = date(2026, 11, 23)
"""The day that stands on the papers of a self-test, so that two computers make the same ones."""
PREFIX = "商密自评 自检 𬭎-"
"""How the folder's name begins: with what breaks programs that take paths for ASCII."""
_OWN_PLACES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA")
_LONGEST = 300
_SHORT = 2
"""Characters up to which a name is not looked for: it would be found everywhere."""


class Unexpected(Exception):
    """A check did not find what it should.

    Attributes:
        expected: In words.
        found: In words.
    """

    def __init__(self, expected: str, found: object) -> None:
        super().__init__(expected)
        self.expected, self.found = expected, str(found)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to prove.

    Attributes:
        name: In code, for reports that programs read.
        title: In words.
        run: Proves it and says in words what was found; raises ``Unexpected`` or whatever goes wrong.
    """

    name: str
    title: str
    run: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a check.

    Attributes:
        name: The check's.
        title: The check's.
        passed: Whether it is proven.
        milliseconds: How long it took.
        words: What was found; of a failed one, what was expected and found. No secret, no path.
    """

    name: str
    title: str
    passed: bool
    milliseconds: int
    words: str


class Window(Protocol):
    """The window's part, which only the program's start knows: services have no Qt."""

    def facts(self) -> Iterable[Fact]:
        """Versions of what the window stands on."""
        ...

    def checks(self, bench: Bench, platform: str) -> Iterable[Check]:
        """Its checks, in their order.

        Args:
            bench: With a vault that is closed.
            platform: Qt's name of the platform to show it on, such as ``offscreen``.
        """
        ...


@dataclass(slots=True)
class Bench:
    """Where a self-test works, and what one check leaves to the next.

    Attributes:
        folder: Of everything it makes; its path has Chinese, rare characters and spaces.
        passphrase: Of the vault; nobody ever sees it.
        papers: Content of the files worth keeping, by name.
        hidden: Further strings that no result may show.
    """

    folder: Path
    passphrase: str = field(repr=False)
    papers: dict[str, bytes] = field(default_factory=dict, repr=False)
    hidden: list[str] = field(default_factory=list, repr=False)
    _session: Session | None = field(default=None, repr=False)

    @property
    def vault(self) -> Path:
        """The vault's file."""
        return self.folder / "保密办 㵘" / "示例 䶮𠮷.tsg"

    @property
    def settings(self) -> Path:
        """A settings file that is nobody's."""
        return self.folder / "settings" / "settings.json"

    @property
    def session(self) -> Session:
        """The open session.

        Raises:
            Unexpected: A check before this one did not open it.
        """
        if self._session is None or self._session.closed:
            raise Unexpected(_("保险库已打开"), _("前面的检查没有打开它"))
        return self._session

    def take(self, session: Session) -> None:
        """Work with a session from now on, and close it in the end."""
        self.close()
        self._session = session

    def lock(self) -> str:
        """Lock the vault; it is one file then.

        Raises:
            Unexpected: Something lies beside it.
        """
        self.close()
        beside = [path.name for path in self.vault.parent.iterdir() if path != self.vault]
        if beside:
            raise Unexpected(_("锁定后只有一个文件"), _("、").join(beside))
        return _("只有一个文件")

    def close(self) -> None:
        """Lock the vault where it is open."""
        session, self._session = self._session, None
        if session is not None and not session.closed:
            session.close()

    def paper(self, name: str) -> bytes:
        """A paper that a check before this one made.

        Raises:
            Unexpected: It did not.
        """
        if name not in self.papers:
            raise Unexpected(_("文件已生成"), _("前面的检查没有生成它"))
        return self.papers[name]


@contextmanager
def workplace() -> Iterator[Bench]:
    """A bench in a temporary folder, where the program's own places lie, too; all of it is removed again."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    before = {name: os.environ.get(name) for name in _OWN_PLACES}
    temporary = tempfile.tempdir
    bench = Bench(folder, secrets.token_urlsafe(24))
    # Some sentences say who has a vault open, and on which computer.
    people = (account_name(), this_host())
    bench.hidden += [bench.passphrase, *(each for each in people if len(each) > _SHORT)]
    try:
        for place in (bench.vault.parent, bench.settings.parent, folder / "temp"):
            place.mkdir()
        for name in _OWN_PLACES:
            os.environ[name] = str(folder / "own")
        tempfile.tempdir = str(folder / "temp")
        yield bench
    finally:
        with suppress(TSGuardError):
            bench.close()
        tempfile.tempdir = temporary
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder; on Windows what was closed a moment ago may be held a little longer."""
    for pause in (0.0, 0.2, 0.5, 1.0, 2.0):
        time.sleep(pause)
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return


def checks(bench: Bench) -> Iterator[Check]:
    """All checks but the window's, in their order; the vault is closed after the last."""

    def of_assets() -> Iterable[Check]:
        from tsguard.services import self_test_assets  # noqa: PLC0415 - start-up time

        return self_test_assets.checks()

    def of_vault() -> Iterable[Check]:
        from tsguard.services import self_test_vault  # noqa: PLC0415 - start-up time

        return self_test_vault.checks(bench)

    def of_papers() -> Iterable[Check]:
        from tsguard.services import self_test_papers  # noqa: PLC0415 - start-up time

        return self_test_papers.checks(bench)

    yield from _part("assets", _("随程序的文件"), of_assets)
    yield from _part("vault", _("保险库"), of_vault)
    yield from _part("papers", _("申报材料"), of_papers)
    yield Check("lock", _("锁定保险库"), bench.lock)


def window_checks(window: Callable[[], Window], bench: Bench, platform: str) -> Iterator[Check]:
    """The window's checks, on the closed vault.

    Args:
        window: Brings the window's part in.
        bench: As ``checks`` left it.
        platform: As for ``Window.checks``.
    """
    yield from _part("window", _("窗口"), lambda: window().checks(bench, platform))


def removal(bench: Bench) -> Check:
    """Whether nothing is left; for after the workplace was cleared."""

    def run() -> str:
        left = [path.name for path in bench.folder.rglob("*") if path.is_file()]
        if bench.folder.exists():
            raise Unexpected(_("临时文件都已删除"), _("、").join(left[:5]) or _("还有空文件夹"))
        return _("都已删除")

    return Check("removed", _("删除自检的临时文件"), run)


def _part(name: str, title: str, load: Callable[[], Iterable[Check]]) -> Iterator[Check]:
    """The checks of a part; the failing one where it can't even be loaded."""
    try:
        yield from load()
    except ImportError as error:
        cause = error

        def run() -> str:
            raise cause

        yield Check(name, title, run)


def run(
    every: Iterable[Check], bench: Bench, tell: Callable[[Result], None] = lambda _result: None
) -> tuple[Result, ...]:
    """Run checks one after the other; one that fails does not keep the next from running.

    Args:
        every: The checks.
        bench: Whose secrets and paths no result may show.
        tell: Told each result at once.
    """
    results = []
    for check in every:
        start = time.perf_counter()
        passed, words = _outcome(check)
        took = round(1000 * (time.perf_counter() - start))
        results.append(Result(check.name, check.title, passed, took, _safe(words, bench)))
        tell(results[-1])
    return tuple(results)


def _outcome(check: Check) -> tuple[bool, str]:
    try:
        return True, check.run()
    except Unexpected as error:
        words = _("应为{expected}，实为{found}")
        return False, words.format(expected=error.expected, found=error.found)
    except TSGuardError as error:
        return False, f"{explain(error).happened}（{type(error).__name__}）"
    except Exception as error:  # noqa: BLE001 - whatever a broken program raises is the answer here
        return False, f"{type(error).__name__}：{error}（{_place(error)}）"


def _place(error: BaseException) -> str:
    """Where in the program an error came from: the last line of ours, without the folder."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if str(name).partition(".")[0] == "tsguard":
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _safe(words: str, bench: Bench) -> str:
    for secret in filter(None, bench.hidden):
        words = words.replace(secret, "…")
    for folder in (str(bench.folder), str(Path.home())):
        if len(folder) > 1:
            words = words.replace(folder, "…").replace(repr(folder)[1:-1], "…")
    return visible(words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…")
