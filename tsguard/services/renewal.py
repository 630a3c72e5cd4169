"""What an assessment keeps frozen when its modules change, and what moving to newer content would change.

A text that was answered stays as it was until the person asks for the newer one; nothing here stores
anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from tsguard.content.freezing import Layer, base, joined, layer_of
from tsguard.content.shelf import Shelf
from tsguard.domain.basis import Source
from tsguard.domain.checklist import CORE, Checklist, Item, Module
from tsguard.domain.preset import Preset
from tsguard.domain.programme import Programme
from tsguard.domain.scales import Verdict
from tsguard.domain.versions import older
from tsguard.services.session import Session

T = TypeVar("T")


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
        figures: Titles of the figures in texts that have another value or another source.
        presets: Titles of the presets by company size that say something else.
        programme: The programme of the same id at hand, where it differs from the frozen one.
        must_apply: Ids of items answered 不适用 that will always apply; they would count as not met.
    """

    modules: tuple[ModuleChange, ...] = ()
    missing: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    programme: Programme | None = None
    must_apply: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether moving would change anything."""
        return bool(self.modules or self.sources or self.figures or self.presets or self.programme)


def changes(session: Session, shelf: Shelf) -> ContentChanges:
    """What moving a session's assessment to the content at hand would change; nothing before there is one."""
    assessment = session.assessment
    if assessment is None:
        return ContentChanges()
    old = assessment.checklist
    fresh = refrozen(old, shelf, assessment.modules, renew=True)
    programme = newer_programme(assessment.programme, shelf)
    return ContentChanges(
        modules=tuple(
            _change(*pair) for pair in zip(old.modules, fresh.modules, strict=True) if _differ(*pair)
        ),
        missing=tuple(module.id for module in old.modules if module.id not in shelf.modules),
        sources=tuple(
            source.id
            for source in old.sources
            if (now := fresh.source(source.id)) is not None and _told_otherwise(source, now)
        ),
        figures=_figures_changed(old, fresh),
        presets=_presets_changed(old, fresh),
        programme=programme if not same_programme(programme, assessment.programme) else None,
        must_apply=tuple(
            item.id
            for item in fresh.items()
            if not item.may_not_apply and session.answer(item.id).verdict is Verdict.NOT_APPLICABLE
        ),
    )


def newer_programme(frozen: Programme, shelf: Shelf) -> Programme:
    """The programme of the same id at hand; the frozen one where there is none, or an older one."""
    at_hand = shelf.programmes.get(frozen.id, frozen)
    return frozen if older(at_hand.version, frozen.version) else at_hand


def same_programme(one: Programme, other: Programme) -> bool:
    """Whether two programmes are the same file, whatever brought it here."""
    return replace(one, pack=0) == replace(other, pack=0)


def refrozen(
    old: Checklist | None, shelf: Shelf, module_ids: Iterable[str], *, renew: bool = False
) -> Checklist:
    """The checklist of the core and some modules, of which those that were frozen stay as they were.

    What a module that stays cites, uses and has as preset stays with it. A module that is chosen no more is
    put aside as it is frozen, and is that very copy when it is chosen again.

    Args:
        old: As frozen so far; None for a new assessment.
        shelf: The content at hand.
        module_ids: Sector modules and add-ons; the core is always in, and doubles count once.
        renew: Whether the newer content at hand takes the place of what was frozen. What is not at hand,
            or only in an older version, stays as it was in any case.

    Raises:
        UnknownModule: One is neither frozen nor at hand.
    """
    wanted = tuple(dict.fromkeys((CORE, *module_ids)))
    if old is None:
        return shelf.freeze(wanted)
    had = {module.id: module for module in old.modules}
    aside = {module.id: (module, each) for each in old.put_aside for module in each.modules}
    kept: list[Module] = []
    back: list[Layer] = []
    fresh: list[Module] = []
    for module_id in wanted:
        frozen = had.get(module_id) or aside.get(module_id, (None,))[0]
        if frozen is None or (renew and _renews(shelf, frozen)):
            fresh.append(shelf.module(module_id))
        elif module_id in had:
            kept.append(frozen)
        else:
            back.append(layer_of(aside[module_id][1], (frozen,)))
    frozen_layers = [layer_of(old, kept), *back]
    newest = shelf.layer(fresh)
    renewed = renew and not older(shelf.library.version, old.library_version)
    layers = [newest, *frozen_layers] if renewed else [*frozen_layers, newest]
    return replace(joined(layers, wanted, newest), put_aside=_put_aside(old, wanted))


def _renews(shelf: Shelf, frozen: Module) -> bool:
    """Whether a module is at hand in a version that is not older."""
    return frozen.id in shelf.modules and not older(shelf.modules[frozen.id].version, frozen.version)


def _put_aside(old: Checklist, wanted: Collection[str]) -> tuple[Checklist, ...]:
    """What is frozen and not chosen any more, each module with what it was frozen with."""
    still = (each for each in old.put_aside if not any(module.id in wanted for module in each.modules))
    gone = (layer_of(old, (module,)) for module in old.modules if module.id not in wanted)
    return (*still, *(joined([layer], [each.id for each in layer.modules], layer) for layer in gone))


def _figures_changed(old: Checklist, fresh: Checklist) -> tuple[str, ...]:
    """The titles of figures that are told otherwise: another value, another source."""
    now = {each.id: each for each in fresh.figures}
    return tuple(dict.fromkeys(each.title for each in old.figures if now.get(each.id, each) != each))


def _presets_changed(old: Checklist, fresh: Checklist) -> tuple[str, ...]:
    """The titles of presets that one of them lacks or that say something else."""
    before = {each.id: each for each in old.presets}
    now = {each.id: each for each in fresh.presets}
    both = {key: (before.get(key), now.get(key)) for key in (*before, *now)}
    return tuple(
        preset.title
        for one, other in both.values()
        if (preset := other or one) is not None and (not one or not other or _said(one) != _said(other))
    )


def _said(preset: Preset) -> tuple[object, ...]:
    """What a preset says, whatever the order of its items."""
    return (replace(preset, reliefs=(), enough=()), set(preset.reliefs), set(preset.enough))


def _differ(old: Module, new: Module) -> bool:
    """Whether two modules say different things; a comment in the file is none."""
    return _without_file(old) != _without_file(new)


def _without_file(module: Module) -> Module:
    """The module without what only tells one copy from another: the file, and how figures are kept apart."""
    sections = (replace(each, items=tuple(map(_plain, each.items))) for each in module.sections)
    return replace(module, sha256="", shipped=True, pack=0, sections=tuple(sections))


def _plain(item: Item) -> Item:
    return replace(item, figures=tuple(map(base, item.figures)))


def shelf_changes(before: Shelf, after: Shelf) -> ContentChanges:
    """What one content at hand has otherwise than another, whole modules included.

    A module that only one of them has is there with all its items, new or gone, and with "" for the version
    that is not there. Programmes are not compared here: several may differ.
    """
    found: list[ModuleChange] = []
    for module_id in dict.fromkeys((*after.modules, *before.modules)):
        old, new = before.modules.get(module_id), after.modules.get(module_id)
        if old is None and new is not None:
            added = tuple(item.id for item in new.items())
            found.append(ModuleChange(new.id, new.title, "", new.version, new=added))
        elif new is None and old is not None:
            gone = tuple(item.id for item in old.items())
            found.append(ModuleChange(old.id, old.title, old.version, "", gone=gone))
        elif old is not None and new is not None and _differ(old, new):
            found.append(_change(old, new))
    laws = (before.library.sources, after.library.sources)
    figures = ({each.id: each for each in shelf.parameters.thresholds} for shelf in (before, after))
    presets = ({each.id: each for each in shelf.presets} for shelf in (before, after))
    return ContentChanges(
        modules=tuple(found),
        sources=tuple(_unlike(*laws)),
        figures=tuple(dict.fromkeys(each.title for each in _unlike(*figures).values())),
        presets=tuple(each.title for each in _unlike(*presets).values()),
    )


def _unlike(before: Mapping[str, T], after: Mapping[str, T]) -> dict[str, T]:
    """What only one of them has, or what they have otherwise; as it will be, or as it was where it goes."""
    both = {**before, **after}
    return {key: each for key, each in both.items() if before.get(key) != after.get(key)}


def _change(old: Module, new: Module) -> ModuleChange:
    before = {item.id: _plain(item) for item in old.items()}
    after = {item.id: _plain(item) for item in new.items()}
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
    paths = (module.leak_paths, module.leak_items)
    return (module.title, sections, module.multipliers, module.secret_point_types, paths)
