"""All content at hand: what shipped, and what a person adds; freezing a checklist from it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tsguard.content.across import LoadedModule, check_across, check_citations
from tsguard.content.freezing import Layer, joined
from tsguard.content.library import Library, load_library
from tsguard.content.modules import load_module
from tsguard.content.nodes import File, content_bytes, parse, read
from tsguard.content.parameters import load_parameters
from tsguard.content.prefix import resolved
from tsguard.content.presets import load_presets
from tsguard.content.printable import Unprinted, check_printable
from tsguard.content.programmes import load_programme
from tsguard.domain.checklist import CORE, Checklist, Module, ModuleKind
from tsguard.domain.parameters import Parameters, Threshold
from tsguard.domain.preset import Preset
from tsguard.domain.programme import Programme
from tsguard.errors import ContentInvalid, ContentProblem, UnknownModule, Unreadable

Content = Path | Mapping[str, bytes]
"""A content folder, or the bytes of its files by their names within it, such as ``sectors/xic.yaml``."""

_FOLDERS = ("sectors", "addons", "programmes")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Checked content.

    Attributes:
        library: The legal library.
        parameters: Minimum wages and thresholds.
        modules: By id, the core first.
        programmes: By id.
        presets: By company size.
    """

    library: Library
    parameters: Parameters
    modules: dict[str, Module]
    programmes: dict[str, Programme]
    presets: tuple[Preset, ...]

    def module(self, module_id: str) -> Module:
        """The module of that id.

        Raises:
            UnknownModule: There is none.
        """
        if module_id not in self.modules:
            raise UnknownModule(module_id, tuple(self.modules))
        return self.modules[module_id]

    def programme(self, programme_id: str) -> Programme:
        """The programme of that id.

        Raises:
            UnknownModule: There is none.
        """
        if programme_id not in self.programmes:
            raise UnknownModule(programme_id, tuple(self.programmes))
        return self.programmes[programme_id]

    def freeze(self, module_ids: Iterable[str]) -> Checklist:
        """The checklist of the core and some modules, with the sources that its items cite.

        Args:
            module_ids: Sector modules and add-ons; the core is always in, and doubles count once.

        Raises:
            UnknownModule: One of them is not at hand.
        """
        return self.frozen([self.module(module_id) for module_id in dict.fromkeys((CORE, *module_ids))])

    def frozen(self, chosen: Sequence[Module]) -> Checklist:
        """The checklist of these very modules, in this order."""
        layer = self.layer(chosen)
        return joined([layer], [module.id for module in chosen], layer)

    def layer(self, modules: Iterable[Module]) -> Layer:
        """Some modules with what this shelf knows, to be joined with what was frozen before."""
        return Layer(
            modules=tuple(modules),
            sources=self.library.sources,
            figures=self.parameters.thresholds,
            presets=self.presets,
            library_version=self.library.version,
            library_sha256=self.library.sha256,
        )


def load_shelf(folder: Content, extra: Sequence[Path] = ()) -> Shelf:
    """Load and check the content of a folder and of further module or programme files.

    The wording of texts is not looked at: ``check`` has done so before anything ships.

    Args:
        folder: With ``basis.yaml``, ``parameters.yaml``, ``presets.yaml``, ``core.yaml`` and the folders
            ``sectors``, ``addons`` and ``programmes``; or their bytes.
        extra: Files that did not ship; a file with a ``programme`` key is a programme, else a module.

    Raises:
        ContentInvalid: With every problem of every file.
        Unreadable: A file can't be read.
    """
    shelf, problems = check(folder, extra, wording=False)
    if problems or shelf is None:
        raise ContentInvalid(tuple(problems))
    return shelf


def check(
    folder: Content,
    extra: Sequence[Path] = (),
    *,
    wording: bool = True,
    unprinted: Unprinted | None = None,
) -> tuple[Shelf | None, list[ContentProblem]]:
    """Like ``load_shelf``, with the problems returned rather than raised, those of wording too.

    Args:
        folder: As for ``load_shelf``.
        extra: Likewise.
        wording: Whether wording is looked at.
        unprinted: The characters of a text that no font has; None where nobody looks.
    """
    library_file = _read(folder, "basis.yaml")
    parameters_file = _read(folder, "parameters.yaml")
    library = load_library(library_file)
    parameters = load_parameters(parameters_file)
    figures = _figures(parameters.thresholds if parameters else ())
    presets_file = _read(folder, "presets.yaml", figures)
    presets = load_presets(presets_file)
    files = [library_file, parameters_file, presets_file]
    loaded: list[LoadedModule] = []
    programmes: list[tuple[File, Programme]] = []
    given = [(_read(folder, name, figures), True) for name in ("core.yaml", *_names(folder))]
    given += [(read(path, path.name, figures), False) for path in extra]
    for file, shipped in given:
        files.append(file)
        if file.root is not None and file.root.has("programme"):
            programme = load_programme(file, shipped=shipped)
            if programme:
                programmes.append((file, programme))
        else:
            module, lines = load_module(file, shipped=shipped)
            if module:
                loaded.append(LoadedModule(file, module, lines))
    if library:
        check_citations(loaded, library)
    check_across(loaded, programmes, presets_file, presets)
    if wording:
        from tsguard.content.wording import check_alike, check_wording  # noqa: PLC0415 - start-up time

        for file in (presets_file, *(each.file for each in loaded)):
            check_wording(file, library)
        for file, programme in programmes:
            check_wording(file, library, official=programme.official)
        check_alike([each.file for each in loaded])
    for file in files:
        check_printable(file, unprinted)
    problems = [problem for file in files for problem in sorted(file.findings.problems, key=lambda p: p.line)]
    if library is None or parameters is None:
        return None, problems
    known = {each.module.id for each in loaded}
    return Shelf(
        library=library,
        parameters=parameters,
        modules={each.module.id: resolved(each.module, known) for each in sorted(loaded, key=_rank)},
        programmes={each.id: each for _, each in programmes},
        presets=presets.presets,
    ), problems


def _rank(loaded: LoadedModule) -> tuple[int, bool, int]:
    """The general module, sectors, add-ons; of each first what shipped, in the order the files give."""
    module = loaded.module
    return tuple(ModuleKind).index(module.kind), not module.shipped, loaded.lines.place


def _figures(thresholds: Iterable[Threshold]) -> dict[str, str]:
    return {each.id: str(each) for each in thresholds}


def files_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file that ``check`` reads of a content folder, by name within it.

    Raises:
        Unreadable: A file can't be read.
    """
    names = ("basis.yaml", "parameters.yaml", "presets.yaml", "core.yaml", *_names(folder))
    return {name: content_bytes(folder / name) for name in names}


def _names(folder: Content) -> Iterable[str]:
    """The names of the files in the folders, folder by folder."""
    for name in _FOLDERS:
        if isinstance(folder, Path):
            yield from (f"{name}/{path.name}" for path in sorted((folder / name).glob("*.yaml")))
        else:
            yield from sorted(each for each in folder if each.startswith(f"{name}/"))


def _read(folder: Content, name: str, figures: Mapping[str, str] | None = None) -> File:
    if isinstance(folder, Path):
        return read(folder / name, name, figures)
    if name not in folder:
        raise Unreadable(Path(name), os.strerror(errno.ENOENT))
    return parse(folder[name], name, figures)
