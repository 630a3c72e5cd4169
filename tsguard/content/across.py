"""What only shows across several content files: ids that clash, and names of what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tsguard.content.figures import Figures
from tsguard.content.findings import Findings
from tsguard.content.library import Library
from tsguard.content.modules import Lines
from tsguard.content.nodes import File
from tsguard.content.prefix import own_id
from tsguard.content.presets import Presets
from tsguard.domain.checklist import CORE, Module, ModuleKind
from tsguard.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class LoadedModule:
    """A module with the file it came from and the lines of its parts."""

    file: File
    module: Module
    lines: Lines


def checked_before(module: Module, name: str) -> LoadedModule:
    """A module that is sound, for others to be held against.

    Args:
        module: The module.
        name: How problems call its file.
    """
    return LoadedModule(
        blank(name), module, Lines(dict.fromkeys((item.id for item in module.items()), 0), (), {})
    )


def blank(name: str) -> File:
    """A file that was checked before: what is found in it again is not looked at."""
    return File(name, "", None, Findings(name), Figures({}), [])


def check_citations(loaded: Iterable[LoadedModule], library: Library) -> None:
    """Report citations of what the library lacks."""
    for each in loaded:
        file = each.file
        for line, citation in each.lines.citations:
            source = library.sources.get(citation.source)
            if source is None:
                nearest = file.findings.nearest(citation.source, library.sources)
                file.findings.add(line, "unknown-source", source=citation.source, nearest=nearest)
            elif citation.article and source.article(citation.article) is None:
                file.findings.add(line, "unknown-article", source=citation.source, article=citation.article)
            elif not citation.article and not source.text:
                file.findings.add(line, "source-needs-article", source=citation.source)


def check_across(
    loaded: Sequence[LoadedModule],
    programmes: Sequence[tuple[File, Programme]],
    presets_file: File,
    presets: Presets,
) -> None:
    """Report what only all files together show."""
    core = [each.module for each in loaded if each.module.kind is ModuleKind.CORE]
    item_ids = _check_ids(loaded)
    _check_multipliers(loaded, {item.id for module in core for item in module.items()})
    _check_retired(loaded, item_ids)
    _check_along(loaded)
    _check_programmes(programmes, {section.id for module in core for section in module.sections}, item_ids)
    fixed = {item.id for each in loaded for item in each.module.items() if not item.may_not_apply}
    for line, item in (*presets.reliefs, *presets.enough):
        if item not in item_ids:
            presets_file.findings.add(line, "unknown-item", id=item)
    for line, item in presets.reliefs:
        if item in fixed:
            presets_file.findings.add(line, "relief-of-fixed-item", id=item)


def _check_programmes(
    programmes: Iterable[tuple[File, Programme]], core_sections: set[str], item_ids: set[str]
) -> None:
    programme_ids: dict[str, str] = {}
    for file, programme in programmes:
        own, units, evidence = (_line(file, key) for key in ("programme", "units", "evidence_list"))
        if programme.id in programme_ids:
            file.findings.add(
                own,
                "duplicate-programme",
                id=programme.id,
                first=programme_ids[programme.id],
            )
        programme_ids.setdefault(programme.id, file.name)
        counted = {section for unit in programme.units for section in unit.sections}
        for unknown in sorted(counted - core_sections):
            file.findings.add(units, "unit-of-unknown-section", section=unknown)
        for missing in sorted(core_sections - counted):
            file.findings.add(units, "section-not-counted", section=missing)
        for request in programme.evidence_list:
            for item in sorted(set(request.items) - item_ids):
                file.findings.add(evidence, "unknown-item", id=item)


def _line(file: File, key: str) -> int:
    """The line of one of a file's own keys."""
    return file.root.line_of(key) if file.root else 0


def _check_along(loaded: Sequence[LoadedModule]) -> None:
    known = {each.module.id for each in loaded}
    for each in loaded:
        line = _line(each.file, "with")
        for module in each.module.along:
            if module not in known and (each.module.shipped or own_id(module) not in known):
                each.file.findings.add(line, "unknown-module", id=module)


def _check_ids(loaded: Iterable[LoadedModule]) -> set[str]:
    """Report what stands twice across files; all item ids."""
    items: dict[str, str] = {}
    sections: dict[str, str] = {}
    modules: dict[str, str] = {}
    for each in loaded:
        file, module = each.file, each.module
        module_line, sections_line = _line(file, "module"), _line(file, "sections")
        if module.id in modules:
            file.findings.add(module_line, "duplicate-module", id=module.id, first=modules[module.id])
        modules.setdefault(module.id, file.name)
        if (module.kind is ModuleKind.CORE) != (module.id == CORE):
            file.findings.add(module_line, "core-is-one", id=module.id)
        for section in module.sections:
            if section.id in sections:
                file.findings.add(
                    sections_line, "duplicate-section", id=section.id, first=sections[section.id]
                )
            sections.setdefault(section.id, file.name)
        for item, line in each.lines.items.items():
            if items.get(item, file.name) != file.name:
                file.findings.add(line, "duplicate-id", id=item, first=items[item])
            items.setdefault(item, file.name)
    return set(items)


def _check_retired(loaded: Iterable[LoadedModule], item_ids: set[str]) -> None:
    for each in loaded:
        file, line = each.file, _line(each.file, "retired")
        for retired, successor in each.module.retired:
            if retired in item_ids:
                file.findings.add(line, "retired-id-in-use", id=retired)
            if successor and successor not in item_ids:
                file.findings.add(line, "unknown-successor", id=retired, successor=successor)


def _check_multipliers(loaded: Iterable[LoadedModule], core_items: set[str]) -> None:
    for each in loaded:
        for item, line in each.lines.multipliers.items():
            if item not in core_items:
                nearest = each.file.findings.nearest(item, sorted(core_items))
                each.file.findings.add(line, "multiplier-of-unknown-item", id=item, nearest=nearest)
