"""What an assessment keeps frozen when its modules change, and what moving to newer content would change.

A text that was answered stays as it was until the person asks for the newer one; nothing here stores
anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from tsguard.content.library import Library
from tsguard.content.shelf import Shelf
from tsguard.domain.basis import Source
from tsguard.domain.checklist import CORE, Checklist, Item, Module
from tsguard.domain.parameters import Threshold
from tsguard.domain.preset import Preset
from tsguard.domain.programme import Programme
from tsguard.services.session import Session


@dataclass(frozen=True, slots=True)
class ModuleChange:
    """How a module at hand differs from the frozen one.

    Attributes:
        module: Its id.
        title: As the newer one has it.
        version_before: Of the frozen one.
        version: Of the newer one.
        new: Ids of items that only the newer one has.
        changed: Ids of items that say or weigh something else.
        gone: Ids of items that only the frozen one has; their answers stay in the vault.
        details: Whether something besides its items changed: factors, leak paths, kinds of secrets.
    """

    module: str
    title: str
    version_before: str
    version: str
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    details: bool = False


@dataclass(frozen=True, slots=True)
class ContentChanges:
    """What moving to the content at hand would change.

    Attributes:
        modules: Those that differ, in the checklist's order.
        missing: Ids of modules that are not on this computer; they stay as they are frozen.
        sources: Short names of the cited sources that the library now tells otherwise.
        programme: The programme of the same id at hand, where it differs from the frozen one.
    """

    modules: tuple[ModuleChange, ...] = ()
    missing: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    programme: Programme | None = None

    @property
    def any(self) -> bool:
        """Whether moving would change anything."""
        return bool(self.modules or self.sources or self.programme)


def changes(session: Session, shelf: Shelf) -> ContentChanges:
    """What moving a session's assessment to the content at hand would change; nothing before there is one."""
    assessment = session.assessment
    if assessment is None:
        return ContentChanges()
    old = assessment.checklist
    fresh = refrozen(old, shelf, assessment.modules, renew=True)
    at_hand = shelf.programmes.get(assessment.programme.id)
    pairs = [(module, shelf.modules[module.id]) for module in old.modules if module.id in shelf.modules]
    return ContentChanges(
        modules=tuple(_change(*pair) for pair in pairs if _differ(*pair)),
        missing=tuple(module.id for module in old.modules if module.id not in shelf.modules),
        sources=tuple(
            source.id
            for source in old.sources
            if (now := fresh.source(source.id)) is not None and _told_otherwise(source, now)
        ),
        programme=at_hand if at_hand != assessment.programme else None,
    )


def refrozen(
    old: Checklist | None, shelf: Shelf, module_ids: Iterable[str], *, renew: bool = False
) -> Checklist:
    """The checklist of the core and some modules, of which those that were frozen stay as they were.

    Args:
        old: As frozen so far; None for a new assessment.
        shelf: The content at hand.
        module_ids: Sector modules and add-ons; the core is always in, and doubles count once.
        renew: Whether the newer content at hand takes the place of what was frozen. What is not at hand
            stays as it was in any case.

    Raises:
        UnknownModule: One is neither frozen nor at hand.
    """
    frozen = {module.id: module for module in old.modules} if old else {}
    kept: set[str] = set()
    modules: list[Module] = []
    for module_id in dict.fromkeys((CORE, *module_ids)):
        if module_id in frozen and not (renew and module_id in shelf.modules):
            kept.add(module_id)
            modules.append(frozen[module_id])
        else:
            modules.append(shelf.module(module_id))
    if old is None:
        return shelf.frozen(modules)
    return _remembering(old, shelf, modules, kept).frozen(modules)


def _remembering(old: Checklist, shelf: Shelf, modules: Sequence[Module], kept: Collection[str]) -> Shelf:
    """The shelf with what the kept modules were frozen with: sources, figures and presets."""
    items_kept = [item for module in modules if module.id in kept for item in module.items()]
    items_new = [item for module in modules if module.id not in kept for item in module.items()]
    return replace(
        shelf,
        library=_library(old, shelf.library, items_kept, items_new),
        parameters=replace(
            shelf.parameters,
            thresholds=_thresholds(old, shelf, {f for item in items_new for f in item.figures}),
        ),
        presets=_presets(old, shelf, {item.id for item in items_kept}) if items_new else old.presets,
    )


def _library(old: Checklist, library: Library, kept: Sequence[Item], new: Sequence[Item]) -> Library:
    """The library in which a source that only kept items cite is as it was frozen."""
    labels_kept, labels_new = _labels(kept), _labels(new)
    sources = dict(library.sources)
    for source in old.sources:
        now = sources.get(source.id)
        if now is None or not labels_new.get(source.id):
            sources[source.id] = source
        else:
            sources[source.id] = _joined(now, source, labels_kept.get(source.id, set()))
    if new:
        return replace(library, sources=sources)
    return Library(old.library_version, old.library_sha256, sources)


def _labels(items: Iterable[Item]) -> dict[str, set[str]]:
    labels: dict[str, set[str]] = {}
    for item in items:
        for citation in item.basis:
            labels.setdefault(citation.source, set()).add(citation.article)
    return labels


def _joined(now: Source, before: Source, labels: set[str]) -> Source:
    """A source as it is now, with the articles of old that kept items cite and that it has no more."""
    lacking = {label for label in labels if label and now.article(label) is None}
    articles = {found for label in lacking if (found := before.article(label))}
    return replace(now, articles=(*now.articles, *(each for each in before.articles if each in articles)))


def _thresholds(old: Checklist, shelf: Shelf, used_anew: set[str]) -> tuple[Threshold, ...]:
    """The figures, of which those that only kept items use are as they were."""
    before = {each.id: each for each in old.figures if each.id not in used_anew}
    now = tuple(before.pop(each.id, each) for each in shelf.parameters.thresholds)
    at_hand = {each.id for each in now}
    return (*now, *(each for each in old.figures if each.id not in at_hand))


def _presets(old: Checklist, shelf: Shelf, kept: set[str]) -> tuple[Preset, ...]:
    """The presets at hand, which say of kept items what they said before."""
    before = {preset.id: preset for preset in old.presets}
    return tuple(
        replace(
            preset,
            reliefs=(
                *(each for each in before[preset.id].reliefs if each.item in kept),
                *(each for each in preset.reliefs if each.item not in kept),
            ),
            enough=(
                *(each for each in before[preset.id].enough if each.item in kept),
                *(each for each in preset.enough if each.item not in kept),
            ),
        )
        if preset.id in before
        else preset
        for preset in shelf.presets
    )


def _differ(old: Module, new: Module) -> bool:
    """Whether two modules say different things; a comment in the file is none."""
    return _without_file(old) != _without_file(new)


def _without_file(module: Module) -> Module:
    return replace(module, sha256="", shipped=True)


def _change(old: Module, new: Module) -> ModuleChange:
    before = {item.id: item for item in old.items()}
    after = {item.id: item for item in new.items()}
    return ModuleChange(
        module=new.id,
        title=new.title,
        version_before=old.version,
        version=new.version,
        new=tuple(each for each in after if each not in before),
        changed=tuple(each for each in after if each in before and after[each] != before[each]),
        gone=tuple(each for each in before if each not in after),
        details=_frame(old) != _frame(new),
    )


def _told_otherwise(before: Source, now: Source) -> bool:
    """Whether a source differs in more than which of its articles are cited."""
    articles = {each.article: each for each in now.articles}
    changed = any(articles.get(each.article, each) != each for each in before.articles)
    return changed or replace(before, articles=()) != replace(now, articles=())


def _frame(module: Module) -> tuple[object, ...]:
    sections = [(each.id, each.title, each.short) for each in module.sections]
    return (module.title, sections, module.multipliers, module.secret_point_types, module.leak_paths)
