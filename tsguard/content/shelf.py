"""All content at hand: what shipped, and what a person adds; freezing a checklist from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from tsguard.content.library import Library, load_library
from tsguard.content.modules import Lines, load_module
from tsguard.content.nodes import File, Findings, read
from tsguard.content.parameters import Parameters, load_parameters
from tsguard.content.programmes import load_programme
from tsguard.domain.basis import Source
from tsguard.domain.checklist import Checklist, Module, ModuleKind
from tsguard.domain.programme import Programme
from tsguard.errors import ContentInvalid, ContentProblem, UnknownModule

CORE = "core"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Checked content.

    Attributes:
        library: The legal library.
        parameters: Minimum wages and thresholds.
        modules: By id, the core first.
        programmes: By id.
    """

    library: Library
    parameters: Parameters
    modules: dict[str, Module]
    programmes: dict[str, Programme]

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
        chosen = [self.module(module_id) for module_id in dict.fromkeys((CORE, *module_ids))]
        cited: dict[str, dict[str, None]] = {}
        for module in chosen:
            for item in module.items():
                for citation in item.basis:
                    cited.setdefault(citation.source, {})[citation.article] = None
        return Checklist(
            modules=tuple(chosen),
            sources=tuple(
                _cut_down(source, cited[source.id])
                for source in self.library.sources.values()
                if source.id in cited
            ),
            library_version=self.library.version,
            library_sha256=self.library.sha256,
        )


def _cut_down(source: Source, labels: Iterable[str]) -> Source:
    """The source with just the articles that the labels lead to."""
    wanted = {article for label in labels if label and (article := source.article(label))}
    return replace(source, articles=tuple(each for each in source.articles if each in wanted))


def load_shelf(folder: Path, extra: Sequence[Path] = ()) -> Shelf:
    """Load and check the content of a folder and of further module or programme files.

    Args:
        folder: With ``basis.yaml``, ``parameters.yaml``, ``core.yaml`` and the folders ``sectors``,
            ``addons`` and ``programmes``.
        extra: Files that did not ship; a file with a ``programme`` key is a programme, else a module.

    Raises:
        ContentInvalid: With every problem of every file.
        Unreadable: A file can't be read.
    """
    shelf, problems = check(folder, extra)
    if problems or shelf is None:
        raise ContentInvalid(tuple(problems))
    return shelf


def check(folder: Path, extra: Sequence[Path] = ()) -> tuple[Shelf | None, list[ContentProblem]]:
    """Like ``load_shelf``, with the problems returned rather than raised."""
    library_file = read(folder / "basis.yaml")
    parameters_file = read(folder / "parameters.yaml")
    library = load_library(library_file)
    parameters = load_parameters(parameters_file)
    files = [library_file, parameters_file]
    loaded: list[tuple[File, Module, Lines]] = []
    programmes: list[tuple[File, Programme]] = []
    for path, name, shipped in _paths(folder, extra):
        file = read(path, name)
        files.append(file)
        if file.root is not None and file.root.has("programme"):
            programme = load_programme(file, shipped=shipped)
            if programme:
                programmes.append((file, programme))
        else:
            module, lines = load_module(file, shipped=shipped)
            if module:
                loaded.append((file, module, lines))
    if library:
        _check_citations(loaded, library)
    _check_across(loaded, programmes, parameters, parameters_file.findings)
    problems = [problem for file in files for problem in sorted(file.findings.problems, key=lambda p: p.line)]
    if library is None or parameters is None:
        return None, problems
    modules = {module.id: module for _, module, _ in loaded}
    return Shelf(library, parameters, modules, {each.id: each for _, each in programmes}), problems


def _paths(folder: Path, extra: Sequence[Path]) -> Iterable[tuple[Path, str, bool]]:
    yield folder / "core.yaml", "core.yaml", True
    for name in ("sectors", "addons", "programmes"):
        for path in sorted((folder / name).glob("*.yaml")):
            yield path, f"{name}/{path.name}", True
    for path in extra:
        yield path, path.name, False


def _check_citations(loaded: Iterable[tuple[File, Module, Lines]], library: Library) -> None:
    for file, _, lines in loaded:
        for line, citation in lines.citations:
            source = library.sources.get(citation.source)
            if source is None:
                nearest = next(iter(get_close_matches(citation.source, list(library.sources), 1, 0.5)), "")
                file.findings.add(line, "unknown-source", source=citation.source, nearest=nearest)
            elif citation.article and source.article(citation.article) is None:
                file.findings.add(line, "unknown-article", source=citation.source, article=citation.article)
            elif not citation.article and not source.text:
                file.findings.add(line, "source-needs-article", source=citation.source)


def _check_across(
    loaded: Sequence[tuple[File, Module, Lines]],
    programmes: Sequence[tuple[File, Programme]],
    parameters: Parameters | None,
    parameter_findings: Findings,
) -> None:
    core = [module for _, module, _ in loaded if module.kind is ModuleKind.CORE]
    item_ids = _check_ids(loaded)
    _check_multipliers(loaded, {item.id for module in core for item in module.items()})
    _check_retired(loaded, item_ids)
    core_sections = {section.id for module in core for section in module.sections}
    programme_ids: dict[str, str] = {}
    for file, programme in programmes:
        if programme.id in programme_ids:
            file.findings.add(1, "duplicate-programme", id=programme.id, first=programme_ids[programme.id])
        programme_ids.setdefault(programme.id, file.name)
        counted = {section for unit in programme.units for section in unit.sections}
        for unknown in sorted(counted - core_sections):
            file.findings.add(1, "unit-of-unknown-section", section=unknown)
        for missing in sorted(core_sections - counted):
            file.findings.add(1, "section-not-counted", section=missing)
        for request in programme.evidence_list:
            for item in sorted(set(request.items) - item_ids):
                file.findings.add(1, "unknown-item", id=item)
    for threshold in parameters.thresholds if parameters else ():
        for item in sorted(set(threshold.items) - item_ids):
            parameter_findings.add(1, "unknown-item", id=item)


def _check_ids(loaded: Iterable[tuple[File, Module, Lines]]) -> set[str]:
    """Report what stands twice across files; all item ids."""
    items: dict[str, str] = {}
    sections: dict[str, str] = {}
    modules: dict[str, str] = {}
    for file, module, lines in loaded:
        if module.id in modules:
            file.findings.add(1, "duplicate-module", id=module.id, first=modules[module.id])
        modules.setdefault(module.id, file.name)
        if (module.kind is ModuleKind.CORE) != (module.id == CORE):
            file.findings.add(1, "core-is-one", id=module.id)
        for section in module.sections:
            if section.id in sections:
                file.findings.add(1, "duplicate-section", id=section.id, first=sections[section.id])
            sections.setdefault(section.id, file.name)
        for item, line in lines.items.items():
            if items.get(item, file.name) != file.name:
                file.findings.add(line, "duplicate-id", id=item, first=items[item])
            items.setdefault(item, file.name)
    return set(items)


def _check_retired(loaded: Iterable[tuple[File, Module, Lines]], item_ids: set[str]) -> None:
    for file, module, _ in loaded:
        for retired, successor in module.retired:
            if retired in item_ids:
                file.findings.add(1, "retired-id-in-use", id=retired)
            if successor and successor not in item_ids:
                file.findings.add(1, "unknown-successor", id=retired, successor=successor)


def _check_multipliers(loaded: Iterable[tuple[File, Module, Lines]], core_items: set[str]) -> None:
    for file, _, lines in loaded:
        for item, line in lines.multipliers.items():
            if item not in core_items:
                nearest = next(iter(get_close_matches(item, sorted(core_items), 1, 0.5)), "")
                file.findings.add(line, "multiplier-of-unknown-item", id=item, nearest=nearest)
