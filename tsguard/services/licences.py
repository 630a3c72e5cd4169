"""The parts of others that this program is made of, and under which licence each came.

In an installed bundle the list was made when the bundle was built; elsewhere it is collected from the
packages that are there. A package tells most of it by itself; what is hidden inside a package (a library
linked into it, a typeface of ours) and what a package leaves out stands in
``resources/licences/inside.json``. It must not reach out: a home page is text, and nothing is ever fetched.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath
from typing import Any

from tsguard import assets

_LIST = "parts.json"
_TEXTS = "texts"
_PROGRAM = "tsguard"
_LICENCE_NAME = re.compile(r"licen[cs]e|copying|notice|copyright", re.IGNORECASE)
_NO_TEXT = frozenset({".py", ".pyc", ".pyi", ".so", ".pyd", ".dll", ".exe", ".json", ".html", ".svg", ".png"})
_LONGEST_LABEL = 60
_SHORT = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "MIT License": "MIT",
}
"""What packages say instead of the short name of SPDX."""
_HOME_LABELS = ("homepage", "home", "source", "source code", "repository", "code", "documentation")


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence text.

    Attributes:
        title: The name of its file, as its owner gave it.
        text: The whole of it.
    """

    title: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that somebody else made.

    Attributes:
        name: As its owner writes it.
        version: "" where the part lies inside another and does not tell.
        licence: Its licence's short name, mostly in the words of SPDX; "" where only the text tells.
        home: The address of its home page, or "".
        inside: For a part that lies inside another: that one's name and version; else "".
        exchangeable: Whether its licence (LGPL) lets everybody put another version in its place.
        texts: Its licence texts. Never empty in what ``parts`` gives of a bundle.
    """

    name: str
    version: str
    licence: str
    home: str
    inside: str = ""
    exchangeable: bool = False
    texts: tuple[Licence, ...] = field(default=(), repr=False)

    def speaks_of(self, wanted: str) -> bool:
        """Whether a search for these words should find it: in its name, licence, version, home or owner."""
        there = " ".join((self.name, self.version, self.licence, self.home, self.inside)).casefold()
        return all(word in there for word in wanted.casefold().split())


class PartMissing(LookupError):
    """A package that the program needs is not where the parts are collected: that is no whole program.

    For whoever builds the program; nobody who uses a bundle meets it.
    """


def parts() -> tuple[Part, ...]:
    """All parts of this program, by name.

    Raises:
        OSError: The list that the build made is there and can't be read.
        ValueError: It is not understood.
        PartMissing: There is no such list, and a package the program needs is not installed.
    """
    folder = assets.resources() / "licences"
    return read(folder) if (folder / _LIST).is_file() else collect()


def own() -> Licence:
    """The licence of this program itself."""
    return _shipped("licences/texts/Apache-2.0.txt")


def without_text(found: Iterable[Part]) -> tuple[str, ...]:
    """The names of parts that have no licence text, or an empty one; none may be given to anybody."""
    return tuple(
        part.name
        for part in found
        if not part.texts or not all(licence.text.strip() for licence in part.texts)
    )


# --- what the build does -------------------------------------------------------------------------------


def collect(
    path: Sequence[str | Path] | None = None,
    *,
    python: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[Part, ...]:
    """Find all parts of the program among installed packages.

    Args:
        path: The folders of installed packages; those of this interpreter by default.
        python: The version of Python that is shipped; that of this interpreter by default.
        environment: Markers (PEP 508) of the computer that the program is for, where that is another one,
            such as ``{"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}``.

    Returns:
        The parts by name; ``without_text`` tells whether all have a text.

    Raises:
        PartMissing: A package that the program needs is not in ``path``.
    """
    known = _inside()
    there = distributions() if path is None else distributions(path=[str(each) for each in path])
    installed: dict[str, Distribution] = {}
    for each in there:
        installed.setdefault(_plain(each.metadata["Name"] or ""), each)
    left_out = frozenset(known["left_out"])
    needed = [
        name for name in _closure(installed, environment or {}, left_out) if name not in {_PROGRAM, *left_out}
    ]
    found = [_of_package(installed[name], known["known"].get(name, {})) for name in needed]
    for entry in known["more"]:
        outer = entry.get("with", "")
        if not outer or outer in needed:
            package = installed.get(outer)
            found.append(_of_entry(entry, package, python or platform.python_version()))
    return tuple(sorted(found, key=lambda part: (part.name.casefold(), part.inside)))


def write(found: Sequence[Part], folder: Path) -> None:
    """Lay the list and the texts down where ``parts`` of a bundle reads them.

    A text that several parts have in common is written once.

    Args:
        found: What ``collect`` gave.
        folder: The bundle's ``resources/licences``; made where it is missing.

    Raises:
        ValueError: A part has no licence text; nothing was written.
        OSError: The system said no.
    """
    if lacking := without_text(found):
        message = f"no licence text for: {', '.join(lacking)}"
        raise ValueError(message)
    texts = folder / _TEXTS
    texts.mkdir(parents=True, exist_ok=True)
    listed = []
    for part in found:
        names = []
        for licence in part.texts:
            content = licence.text.encode()
            name = f"{hashlib.sha256(content).hexdigest()[:16]}.txt"
            (texts / name).write_bytes(content)
            names.append({"title": licence.title, "file": name})
        listed.append(
            {
                "name": part.name,
                "version": part.version,
                "licence": part.licence,
                "home": part.home,
                "inside": part.inside,
                "exchangeable": part.exchangeable,
                "texts": names,
            }
        )
    (folder / _LIST).write_bytes(json.dumps(listed, ensure_ascii=False, indent=1).encode())


def read(folder: Path) -> tuple[Part, ...]:
    """What ``write`` laid down.

    Raises:
        OSError: A file is missing or can't be read.
        ValueError: The list is not understood.
    """
    try:
        return tuple(
            Part(
                str(each["name"]),
                str(each["version"]),
                str(each["licence"]),
                str(each["home"]),
                str(each["inside"]),
                bool(each["exchangeable"]),
                tuple(
                    Licence(str(one["title"]), _text(folder / _TEXTS / str(one["file"])))
                    for one in each["texts"]
                ),
            )
            for each in json.loads((folder / _LIST).read_bytes())
        )
    except (KeyError, TypeError) as error:
        message = "the list of parts is not understood"
        raise ValueError(message) from error


# --- packages ------------------------------------------------------------------------------------------


def _closure(
    installed: Mapping[str, Distribution], environment: Mapping[str, str], left_out: frozenset[str]
) -> list[str]:
    """The names of the packages that the program needs, directly and through others.

    Of an optional part of ours what is installed counts: a bundle either has it or not.
    """
    # Only where there is no list from a build; nothing else in the program needs this library.
    from packaging.requirements import Requirement  # noqa: PLC0415 - start-up time

    firm, optional = _own_requirements(installed)
    todo = [Requirement(line) for line in firm]
    todo += [wanted for wanted in map(Requirement, optional) if _plain(wanted.name) in installed]
    seen: dict[str, None] = {}
    asked: set[tuple[str, str]] = set()
    while todo:
        wanted = todo.pop()
        name = _plain(wanted.name)
        if name in left_out:
            continue
        if name not in installed:
            message = f"the package {name} is needed and not installed"
            raise PartMissing(message)
        seen[name] = None
        for extra in ("", *sorted(wanted.extras)):
            if (name, extra) in asked:
                continue
            asked.add((name, extra))
            for line in installed[name].requires or ():
                inner = Requirement(line)
                if inner.marker is None or inner.marker.evaluate({**environment, "extra": extra}):
                    todo.append(inner)
    return sorted(seen)


def _own_requirements(installed: Mapping[str, Distribution]) -> tuple[list[str], list[str]]:
    """What the program itself needs, and what it can do without: of the checkout, else as installed."""
    project = assets.resources().parent / "pyproject.toml"
    if project.is_file():
        table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
        optional = [line for lines in table.get("optional-dependencies", {}).values() for line in lines]
        return list(table["dependencies"]), optional
    if _PROGRAM not in installed:
        message = "the program itself is not installed"
        raise PartMissing(message)
    lines = installed[_PROGRAM].requires or []
    firm = [line for line in lines if "extra ==" not in line]
    return firm, [line.partition(";")[0] for line in lines if "extra ==" in line]


def _plain(name: str) -> str:
    """A package's name in the one spelling that registries compare by (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _of_package(package: Distribution, known: Mapping[str, Any]) -> Part:
    """What a package tells, without the texts of those of its licences that it is not taken under."""
    texts = [_shipped(name) for name in known.get("texts", ())]
    texts += [
        Licence(_title(file), _text(Path(str(file.locate()))))
        for file in package.files or ()
        if _is_licence(file) and file.name not in known.get("left_out", ())
    ]
    return Part(
        package.metadata["Name"],
        package.version,
        known.get("licence") or _label(package),
        _home(package),
        exchangeable=bool(known.get("exchangeable", False)),
        texts=_once(texts),
    )


def _of_entry(entry: Mapping[str, Any], outer: Distribution | None, python: str) -> Part:
    version = str(entry.get("version", ""))
    inside = f"{outer.metadata['Name']} {outer.version}" if outer is not None else ""
    return Part(
        entry["name"],
        version.format_map({"python": python, "with": outer.version if outer is not None else ""}),
        entry["licence"],
        entry["home"],
        inside,
        bool(entry.get("exchangeable", False)),
        tuple(_shipped(name) for name in entry["texts"]),
    )


def _is_licence(file: PurePosixPath) -> bool:
    if file.suffix.lower() in _NO_TEXT:
        return False
    if ".dist-info" in file.parts[0] and "licenses" in file.parts[1:-1]:
        return True
    return _LICENCE_NAME.search(file.name) is not None


def _title(file: PurePosixPath) -> str:
    """The path below the folder of licences, which may tell what a text is for; else the name."""
    if "licenses" in file.parts[:-1]:
        return "/".join(file.parts[file.parts.index("licenses") + 1 :])
    return file.name


def _once(texts: Sequence[Licence]) -> tuple[Licence, ...]:
    """Without texts that came before under another name."""
    kept: dict[str, Licence] = {}
    for each in texts:
        kept.setdefault(each.text.strip(), each)
    return tuple(each for text, each in kept.items() if text)


def _label(package: Distribution) -> str:
    told = package.metadata
    if "License-Expression" in told:
        return told["License-Expression"]
    short = told["License"].strip() if "License" in told else ""
    if short and "\n" not in short and len(short) <= _LONGEST_LABEL:
        return _SHORT.get(short, short)
    classes = [line for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    named = classes[0].rpartition("::")[2].strip() if classes else ""
    return _SHORT.get(named, named)


def _home(package: Distribution) -> str:
    named: dict[str, str] = {}
    for line in package.metadata.get_all("Project-URL") or ():
        label, _comma, address = line.partition(",")
        named.setdefault(label.strip().lower(), address.strip())
    told = package.metadata["Home-page"] if "Home-page" in package.metadata else ""  # noqa: SIM401 - no ``get``
    best = next((named[label] for label in _HOME_LABELS[:2] if label in named), told)
    return best or next((named[label] for label in _HOME_LABELS if label in named), "")


# --- files ---------------------------------------------------------------------------------------------


def _inside() -> dict[str, Any]:
    plain: dict[str, Any] = json.loads((assets.resources() / "licences" / "inside.json").read_bytes())
    return plain


def _shipped(name: str) -> Licence:
    """A text in ``resources``, by its path there."""
    return Licence(PurePosixPath(name).name, _text(assets.resources() / name))


def _text(file: Path) -> str:
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")  # older texts; every byte is a character there
    return text.replace("\r\n", "\n").replace("\r", "\n")
