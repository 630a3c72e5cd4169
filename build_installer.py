#!/usr/bin/env python3
"""Makes what people install: one command, one step per function, one log.

``python3 build_installer.py --target windows`` makes the installer and the portable copy for Windows: on
Windows itself, or on a Debian-like Linux under wine, where it then installs, tries, upgrades and removes it
again. ``--target linux`` makes a folder packed as ``.tar.xz``. README.md says what must be there before; what
else is needed comes from the ordinary package registry by name, pinned by hash.

A release should be made on Windows, or what was made under wine be signed by whoever answers for it: wine
proves that it runs, not how Windows' own guards take it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from resources.installer import environment, packing
from resources.installer.running import BuildFailed, Log, windows_here
from resources.installer.signing import Certificate
from resources.installer.wine import Wine

if TYPE_CHECKING:
    from resources.installer.frozen import Frozen

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent
_INSIDE = "TSGUARD_BUILD_ENVIRONMENT"
"""Set where this file runs in the environment that it made."""


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for.

    Attributes:
        target: ``windows`` or ``linux``.
        out: Gets what is handed out, and the log.
        work: Gets everything else.
        dirty: Whether changes that are not committed are let through.
        trial: Whether what was made is installed, tried and removed.
        certificate: Signs, where there is one.
        log: The whole build.
    """

    target: str
    out: Path
    work: Path
    dirty: bool
    trial: bool
    certificate: Certificate | None
    log: Log


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; the exit code says whether all of it succeeded."""
    job = _job(arguments)
    started = time.monotonic()
    try:
        version = checked_tree(job)
        if _INSIDE not in os.environ:
            return continued(job, tools(job))
        made = build(job, version)
    except BuildFailed as error:
        job.log.say(f"\n{error}")
        return 1
    job.log.say(f"\nDone in {(time.monotonic() - started) / 60:.1f} minutes:")
    for file in made:
        job.log.say(f"  {file.stat().st_size / 1024 / 1024:7.1f} MiB  {file}")
    return 0


def build(job: Job, version: str) -> list[Path]:
    """All steps, in the environment that was made for them."""
    from resources.installer import freezing  # noqa: PLC0415 - its libraries are in that environment alone

    wheel = _step(job, "the program's wheel", lambda: made_wheel(job))
    under = Wine(job.work / "wine", job.log) if job.target == "windows" and not windows_here() else None
    if under is not None:
        _step(job, "wine", under.make)
    python = _step(job, "the environment to freeze", lambda: to_freeze(job, wheel, under))
    frozen = _step(job, "freezing", lambda: freezing.freeze(python, job.work, version, job.log, under))
    if job.certificate is not None and frozen.windows:
        for file in (frozen.console, frozen.window):
            job.certificate.sign(file, job.log)
    _step(job, "self-test of the frozen program", lambda: self_test(job, frozen, under))
    made = _step(job, "packing", lambda: packed(job, frozen, version))
    if under is not None and job.trial:
        _step(job, "trial", lambda: tried(job, made, python))
    return made


def checked_tree(job: Job) -> str:
    """The version, once the tree is clean and the change log knows it.

    Raises:
        BuildFailed: It is not.
    """
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "tsguard" / "__init__.py").read_text("utf-8"))
    version = found[1] if found else ""
    if not re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", version):
        message = f"tsguard/__init__.py: “{version}” is no version such as 1.2.3"
        raise BuildFailed(message)
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    if f"## {version}" not in changes:
        words = f"CHANGELOG.md has no section for {version}"
        if not job.dirty:
            message = f"{words}; write one, or build with --unreleased"
            raise BuildFailed(message)
        job.log.say(f"Not a release: {words}.")
    if (ROOT / ".git").exists():
        command = ["git", "status", "--porcelain"]
        changed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
        if changed.strip():
            if not job.dirty:
                message = f"the tree is not clean; commit, or build with --unreleased:\n{changed.rstrip()}"
                raise BuildFailed(message)
            job.log.say("Not a release: the tree is not clean.")
    return version


def tools(job: Job) -> Path:
    """The Python of a fresh environment with everything that building needs."""
    return _step(job, "tools", lambda: environment.native(job.work / "tools", job.log))


def continued(job: Job, python: Path) -> int:
    """Go on inside that environment."""
    words = [str(python), str(Path(__file__).resolve()), *sys.argv[1:]]
    job.log.keep(f"$ {' '.join(words)}")
    return subprocess.run(words, env={**os.environ, _INSIDE: str(python)}, check=False).returncode


def made_wheel(job: Job) -> Path:
    """The program's wheel from this tree."""
    return environment.wheel(ROOT, Path(sys.executable), job.work / "wheel", job.log)


def to_freeze(job: Job, wheel: Path, under: Wine | None) -> Path:
    """The Python whose installed packages are frozen: never this checkout."""
    if under is None:
        environment.install_wheel(wheel, Path(sys.executable), job.log)
        return Path(sys.executable)
    python = environment.windows_python(Path(sys.executable), job.work / "windows_python", job.log)
    environment.install_wheel(wheel, Path(sys.executable), job.log, python.parent / "Lib" / "site-packages")
    return python


def self_test(job: Job, frozen: Frozen, under: Wine | None) -> None:
    """The frozen program proves itself."""
    words = (frozen.console, "self-test", "--window")
    said = job.log.run(words) if under is None else under.run(*words)
    job.log.say("  " + said.rstrip().splitlines()[-1])


def packed(job: Job, frozen: Frozen, version: str) -> list[Path]:
    """What is handed out."""
    made = [frozen.bill.replace(job.out / frozen.bill.name)]
    if frozen.windows:
        made.append(packing.installer(frozen, version, job.out, job.log, job.certificate))
        made.append(packing.portable(frozen, version, job.out))
    else:
        made.append(packing.archive(frozen, version, job.out))
    made.append(packing.sums(made, job.out))
    return made


def tried(job: Job, made: list[Path], python: Path) -> None:
    """What was made is installed on a new computer, used, upgraded and removed."""
    from tests.installer.trial import trial  # noqa: PLC0415 - of the trial alone

    (setup,) = (each for each in made if each.suffix == ".exe")
    (portable,) = (each for each in made if each.suffix == ".zip")
    here, source = (sys.executable, "-m", "tsguard"), (python, "-m", "tsguard")
    trial(setup, portable, here, job.work / "trial", job.log, source)


def _step(job: Job, name: str, act: Callable[[], T]) -> T:
    job.log.say(f"== {name}")
    started = time.monotonic()
    done = act()
    job.log.say(f"  {time.monotonic() - started:.0f} s")
    return done


def _job(arguments: Sequence[str] | None) -> Job:
    parser = argparse.ArgumentParser(description="Make what people install.")
    here = "windows" if windows_here() else "linux"
    parser.add_argument("--target", choices=("windows", "linux"), default=here, help=f"default: {here}")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "build" / "installer", help="folder for what is made"
    )
    parser.add_argument(
        "--unreleased",
        action="store_true",
        help="also of a tree with changes, or without its section in CHANGELOG.md",
    )
    parser.add_argument("--no-trial", action="store_true", help="do not install and try what was made")
    parser.add_argument("--certificate", type=Path, help="PKCS#12 file that signs the executables")
    parser.add_argument("--certificate-passphrase-file", type=Path, help="holds the certificate's passphrase")
    parser.add_argument("--time-stamp", default="", metavar="ADDRESS", help="time-stamping authority")
    given = parser.parse_args(arguments)
    if (given.certificate is None) != (given.certificate_passphrase_file is None):
        parser.error("--certificate and --certificate-passphrase-file belong together")
    if given.target == "linux" and windows_here():
        parser.error("the program for Linux is made on Linux")
    out = given.out.absolute()
    work = out / f"work-{given.target}"
    work.mkdir(parents=True, exist_ok=True)
    certificate = None
    if given.certificate is not None:
        certificate = Certificate(given.certificate, given.certificate_passphrase_file, given.time_stamp)
    log = Log(out / f"build-{given.target}.log", certificate.secrets() if certificate else ())
    if _INSIDE not in os.environ:
        log.file.unlink(missing_ok=True)
    return Job(given.target, out, work, given.unreleased, not given.no_trial, certificate, log)


if __name__ == "__main__":
    sys.exit(main())
