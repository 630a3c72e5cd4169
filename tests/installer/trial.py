"""The installer's trial: on a new Windows computer under wine it is installed, used, upgraded and removed.

``build_installer.py`` runs it last. By itself: ``python -m tests.installer.trial tsguard-setup-1.2.3.exe``,
with the portable copy beside the installer. Every check says a line, and the first that fails ends it. Wine
shows that program and installer do what they should; how Windows' own guards take them it cannot show.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from resources.installer.running import BuildFailed, Log
from tests.installer import installing, using
from tests.installer.computer import NotAsExpected, computer
from tests.installer.subject import Subject, contents, unpacked_size

CHECKS: tuple[tuple[str, Callable[[Subject], str]], ...] = (
    ("installed without questions", installing.fresh),
    ("known to Windows", installing.registered),
    ("shortcuts", installing.shortcuts),
    ("self-test", using.proves_itself),
    ("self-test on the screen", using.proves_itself_on_screen),
    ("the same papers as on this machine", using.same_papers),
    ("no network", using.reaches_nothing),
    ("a vault double-clicked", using.window_opens),
    ("refused while it runs", installing.refuses_while_running),
    ("upgraded in place", installing.upgraded),
    ("refused over a newer version", installing.older_refused),
    ("killed half way, and again", installing.killed_half_way),
    ("time to start", using.start_times),
    ("removed", installing.removed),
    ("a foreign file stays", installing.stranger_stays),
    ("in a folder of another name", installing.elsewhere),
    ("full disk", installing.full_disk),
    ("portable copy", using.portable),
)


def trial(
    setup: Path,
    portable: Path,
    linux: Sequence[str | Path],
    work: Path,
    log: Log,
    source: Sequence[str | Path] = (),
    only: Sequence[str] = (),
    again: bool = False,
) -> None:
    """Try an installer and a portable copy.

    Args:
        setup: The installer, ``tsguard-setup-VERSION.exe``.
        portable: The zip of the same frozen folder.
        linux: The command of the same program on this machine, whose papers must be the same.
        work: Gets the computer, and pictures of its screen.
        log: Everything that happens.
        source: The command of the program's source under Windows' Python, to compare the time it starts in.
        only: Names of functions; the other checks are left out.
        again: Goes on with the computer of the last trial, for whoever works on a check.

    Raises:
        BuildFailed: A check found something else than it should, or something needed is missing.
    """
    named = re.search(r"-(\d[^-]*)\.exe$", setup.name)
    if named is None:
        message = f"{setup.name} is not named tsguard-setup-VERSION.exe"
        raise BuildFailed(message)
    work.mkdir(parents=True, exist_ok=True)
    with computer(work / "computer", log, again) as pc:
        subject = Subject(
            setup,
            portable,
            named[1],
            contents(portable),
            unpacked_size(portable),
            tuple(linux),
            tuple(source),
            pc,
            log,
            work,
        )
        log.say(f"  on a computer that speaks {'Chinese' if pc.chinese else 'English'}")
        for title, check in CHECKS:
            if not only or check.__name__ in only:
                _checked(title, check, subject)


def _checked(title: str, check: Callable[[Subject], str], subject: Subject) -> None:
    start = time.monotonic()
    subject.log.keep(f"== {title}")
    try:
        said = check(subject)
    except installing.Skipped as error:
        subject.log.say(f"  --  {title}: {error}")
    except BuildFailed as error:
        words = str(error) if isinstance(error, NotAsExpected) else f"  {error}"
        message = f"{title}:\n{words}\nThe whole log: {subject.log.file}"
        raise BuildFailed(message) from error
    except (OSError, LookupError, UnicodeError) as error:
        message = f"{title}: {error!r}\nThe whole log: {subject.log.file}"
        raise BuildFailed(message) from error
    else:
        subject.log.say(f"  ok  {title}: {said} ({time.monotonic() - start:.0f} s)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Try an installer that was built before."""
    parser = argparse.ArgumentParser(description="Install, use, upgrade and remove an installer under wine.")
    parser.add_argument("setup", type=Path)
    parser.add_argument("--portable", type=Path, help="default: the portable copy beside it")
    parser.add_argument(
        "--linux",
        default=f"{sys.executable} -m tsguard",
        help="command of the program here (default: %(default)s)",
    )
    parser.add_argument("--source", type=Path, help="Windows' Python with the program's wheel")
    parser.add_argument("--work", type=Path, help="default: a folder beside the installer")
    parser.add_argument("--only", action="append", default=[], metavar="CHECK", help="of this function alone")
    parser.add_argument("--again", action="store_true", help="on the computer of the last trial")
    given = parser.parse_args(arguments)
    setup = given.setup.absolute()
    beside = setup.with_name(setup.name.replace("-setup-", "-portable-")).with_suffix(".zip")
    work = (given.work or setup.parent / "trial").absolute()
    work.mkdir(parents=True, exist_ok=True)
    log = Log(work / "trial.log")
    log.file.unlink(missing_ok=True)
    source = (given.source.absolute(), "-m", "tsguard") if given.source else ()
    try:
        trial(
            setup, given.portable or beside, given.linux.split(), work, log, source, given.only, given.again
        )
    except BuildFailed as error:
        log.say(f"\n{error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
