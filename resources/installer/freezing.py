"""Freezing the installed program, and finishing the folder: licences, bill, list of files, checks."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import distributions
from pathlib import Path

from packaging.utils import canonicalize_name

from resources.installer import bill, environment, slimming, wine
from resources.installer.frozen import Frozen
from resources.installer.running import BuildFailed, Log, windows_here
from tsguard.services import licences
from tsguard.services.listing import write_listing

HERE = Path(__file__).parent
_MIB = 1024 * 1024


def packages_of(python: Path) -> Path:
    """The folder of installed packages that belongs to a Python of ours."""
    for found in (python.parent, python.parent.parent):
        for packages in (*found.glob("Lib/site-packages"), *found.glob("lib/python3*/site-packages")):
            return packages
    message = f"{python} has no packages"
    raise BuildFailed(message)


def freeze(python: Path, work: Path, version: str, log: Log, under: wine.Wine | None) -> Frozen:
    """Freeze the program installed beside a Python.

    Args:
        python: Has the program and PyInstaller.
        work: Gets ``dist/tsguard`` and what PyInstaller keeps for itself.
        version: The program's.
        log: Where it is told.
        under: The prefix that runs Windows' Python on another system.
    """
    windows = under is not None or windows_here()
    dist, kept = work / "dist", work / "freezing"
    shutil.rmtree(dist, ignore_errors=True)
    kept.mkdir(parents=True, exist_ok=True)
    words = ["-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    if under is None:
        log.run([python, *words, "--distpath", dist, "--workpath", kept, HERE / "tsguard.spec"], cwd=work)
    else:
        shutil.copy2(wine.PARTS / "sitecustomize.py", packages_of(python))
        places = (
            "--distpath",
            under.path(dist),
            "--workpath",
            under.path(kept),
            under.path(HERE / "tsguard.spec"),
        )
        under.run(python, *words, *places, cwd=work)
        under.close()
    frozen = Frozen(dist / "tsguard", dist / f"tsguard-{version}.cdx.json", windows)
    finish(frozen, kept / "tsguard" / "taken.json", python, version, log)
    return frozen


def finish(frozen: Frozen, taken: Path, python: Path, version: str, log: Log) -> None:
    """Add what must lie in the folder beside the code, and refuse what must not.

    Args:
        frozen: What PyInstaller made.
        taken: The names of the modules that it took, as the spec wrote them.
        python: Of the environment it was made in.
        version: The program's.
        log: Where it is told.

    Raises:
        BuildFailed: A part has no licence text, or something is there that could reach a network.
    """
    package = frozen.folder / "_internal" / "tsguard"
    parts = parts_in(packages_of(python), frozenset(json.loads(taken.read_text("utf-8"))), frozen.windows)
    silent = licences.without_text(parts)
    if silent:
        message = f"no licence text for {', '.join(silent)}: add it to resources/licences/inside.json"
        raise BuildFailed(message)
    licences.write(parts, package / "resources" / "licences")
    names = frozenset(
        canonicalize_name(each.metadata["Name"]) for each in distributions(path=[str(packages_of(python))])
    )
    bill.write(parts, version, names, frozen.bill)
    shutil.copy2(frozen.bill, package / "resources" / "licences" / "parts.cdx.json")
    write_listing(package)
    reaching = slimming.reaching_out(frozen.folder) + wine.strangers(frozen.folder)
    if reaching:
        message = f"must not be shipped: {', '.join(reaching)}"
        raise BuildFailed(message)
    log.say(f"  {slimming.total(frozen.folder) / _MIB:.1f} MiB, {len(parts)} parts of others; heaviest:")
    for size, name in slimming.heaviest(frozen.folder):
        log.say(f"  {size / _MIB:7.1f}  {name}")


def parts_in(packages: Path, taken: frozenset[str], windows: bool) -> tuple[licences.Part, ...]:
    """The parts that the frozen folder holds, of all that the program's packages would bring."""
    markers = environment.MARKERS if windows and not windows_here() else None
    python = environment.PYTHON if markers else None
    found = licences.collect([packages], python=python, environment=markers)
    left_out = set()
    for each in distributions(path=[str(packages)]):
        modules = {
            file.parts[0].partition(".")[0] for file in each.files or () if ".dist-info" not in file.parts[0]
        }
        if not modules & taken or modules & set(slimming.MODULES):
            left_out.add(each.metadata["Name"])
    held = [
        part for part in found if part.name not in left_out and part.inside.rpartition(" ")[0] not in left_out
    ]
    every = [*held, *_wrappings(packages, windows)]
    return tuple(sorted(every, key=lambda part: (part.name.casefold(), part.inside)))


def _wrappings(packages: Path, windows: bool) -> list[licences.Part]:
    """What starts the frozen program, and what removes it again: others made that, too."""
    (freezer,) = distributions(name="pyinstaller", path=[str(packages)])
    (words,) = (file for file in freezer.files or () if file.name == "COPYING.txt")
    terms = licences.Licence("COPYING.txt", Path(str(freezer.locate_file(words))).read_text("utf-8"))
    licence = "GPL-2.0-or-later WITH Bootloader-exception"
    home = "https://pyinstaller.org"
    made = [licences.Part("PyInstaller", freezer.version, licence, home, texts=(terms,))]
    if windows:
        terms = licences.Licence("NSIS-licence.txt", (HERE / "NSIS-licence.txt").read_text("utf-8"))
        home = "https://nsis.sourceforge.io"
        made.append(licences.Part("NSIS", "", "Zlib AND CPL-1.0", home, texts=(terms,)))
    return made
