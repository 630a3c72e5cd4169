"""One file of a person's own, checked alone against content that is sound, so that it can spoil nothing else.

What ``shelf.check`` does for all files together, for one more file and without reading the others again.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from tsguard.content.across import LoadedModule, blank, check_across, check_citations, checked_before
from tsguard.content.modules import load_module
from tsguard.content.nodes import parse
from tsguard.content.prefix import own_id, resolved
from tsguard.content.presets import Presets
from tsguard.content.printable import Unprinted, check_printable
from tsguard.content.programmes import load_programme
from tsguard.content.shelf import Shelf
from tsguard.domain.checklist import Module
from tsguard.domain.programme import Programme
from tsguard.errors import ContentProblem


@dataclass(frozen=True, slots=True)
class OwnContent:
    """What one file holds; a module or a programme, as far as it can be understood.

    Attributes:
        sha256: Of its bytes.
        module: With its ids prefixed; None where the file is a programme or could not be parsed.
        programme: None where the file is a module or could not be parsed.
        problems: In the order of their lines; where one is grave, neither may be used.
    """

    sha256: str
    module: Module | None
    programme: Programme | None
    problems: tuple[ContentProblem, ...]

    @property
    def id(self) -> str:
        """The module's or the programme's id, or ""."""
        found = self.module or self.programme
        return found.id if found else ""

    @property
    def usable(self) -> bool:
        """Whether the content may be used: it is there, and nothing grave is wrong with it."""
        return bool(self.id) and not any(problem.grave for problem in self.problems)


def check_own(
    shelf: Shelf,
    data: bytes,
    name: str,
    others: Container[str] = (),
    names: Mapping[str, str] = MappingProxyType({}),
    *,
    compare: bool = False,
    unprinted: Unprinted | None = None,
) -> OwnContent:
    """Read and check one file that did not ship.

    Args:
        shelf: Sound content that the file is to stand beside.
        data: The file's bytes.
        name: How problems call it.
        others: Ids of further own modules, which may be named as going together with this one.
        names: What problems call the files that hold other own modules and programmes, by SHA-256.
        compare: Whether its texts are also held against each other and those of the shelf, for whoever
            is writing it: a copy of a shipped module repeats every one of them.
        unprinted: The characters of a text that no font has; None where nobody looks.
    """
    from tsguard.content.wording import check_alike, check_wording  # noqa: PLC0415 - start-up time

    file = parse(data, name, {each.id: str(each) for each in shelf.parameters.thresholds})
    module: Module | None = None
    programme: Programme | None = None
    loaded = [checked_before(each, names.get(each.sha256, each.id)) for each in shelf.modules.values()]
    programmes = [(blank(names.get(each.sha256, each.id)), each) for each in shelf.programmes.values()]
    if file.root is not None and file.root.has("programme"):
        programme = load_programme(file, shipped=False)
        if programme:
            programmes.append((file, programme))
            check_wording(file, shelf.library, official=programme.official)
    else:
        module, lines = load_module(file, shipped=False)
        if module:
            loaded.append(LoadedModule(file, module, lines))
            check_citations(loaded[-1:], shelf.library)
            check_wording(file, shelf.library)
            if compare:
                check_alike([file], shelf.modules.values())
    check_across(loaded, programmes, blank("presets"), Presets((), (), ()))
    check_printable(file, unprinted)
    if module:
        module = resolved(
            module, {*shelf.modules, *(each for each in map(own_id, module.along) if each in others)}
        )
    found = sorted(file.findings.problems, key=lambda problem: problem.line)
    return OwnContent(file.sha256, module, programme, tuple(_judged(found, others)))


def _judged(problems: list[ContentProblem], others: Container[str]) -> list[ContentProblem]:
    """The problems, where a module proposed along is on this computer or is only missing here."""
    judged: list[ContentProblem] = []
    for problem in problems:
        if problem.code != "unknown-module":
            judged.append(problem)
        elif own_id(dict(problem.facts).get("id", "")) not in others:
            judged.append(replace(problem, grave=False))
    return judged
