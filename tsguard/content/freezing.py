"""A frozen checklist joined of modules that were read at different times, each with what it was read with.

Where two of them say something else of the same source, figure or preset, the earlier layer stands; what
the later one needs besides is added to it. Decides nothing about which module comes from where.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tsguard.domain.basis import Article, Citation, Source
from tsguard.domain.checklist import Checklist, Item, Module
from tsguard.domain.parameters import Threshold
from tsguard.domain.preset import Preset

_APART = "@"
"""Between a figure's id and a number, where one id has had two values; no id of a file has it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Modules with what they were read with; more than they need does no harm.

    Attributes:
        modules: Of this layer.
        sources: By their short names.
        figures: The thresholds.
        presets: By company size.
        library_version: Of the library that the sources are from.
        library_sha256: Of its file.
    """

    modules: tuple[Module, ...]
    sources: Mapping[str, Source]
    figures: tuple[Threshold, ...]
    presets: tuple[Preset, ...]
    library_version: str
    library_sha256: str

    def items(self) -> list[Item]:
        """Of all its modules."""
        return [item for module in self.modules for item in module.items()]


def layer_of(checklist: Checklist, modules: Iterable[Module]) -> Layer:
    """Some modules of a frozen checklist with what they were frozen with."""
    return Layer(
        modules=tuple(modules),
        sources={source.id: source for source in checklist.sources},
        figures=checklist.figures,
        presets=checklist.presets,
        library_version=checklist.library_version,
        library_sha256=checklist.library_sha256,
    )


def joined(layers: Sequence[Layer], order: Sequence[str], newest: Layer) -> Checklist:
    """The checklist of some layers' modules.

    Args:
        layers: The one whose word counts first; at least one has modules.
        order: The modules' ids as the checklist shall have them.
        newest: Which of them is the content at hand: where there is something to join, the checklist goes
            by its order; it is said to be of its library if anything is from there.
    """
    used = [layer for layer in layers if layer.modules]
    like = newest if len(used) > 1 else used[0]
    sources, givers = _sources(used)
    figures: dict[str, Threshold] = {}
    modules = {module.id: module for layer in used for module in _named_apart(layer, figures)}
    library = newest if any(giver is newest for giver in givers) else used[0]
    places = {each.id: place for place, each in enumerate(like.figures)}
    return Checklist(
        modules=tuple(modules[each] for each in order),
        sources=_ordered(sources, like.sources),
        library_version=library.library_version,
        library_sha256=library.library_sha256,
        presets=_presets(used, like),
        figures=tuple(
            sorted(
                figures.values(), key=lambda each: places.get(each.id, places.get(base(each.id), len(places)))
            )
        ),
    )


def base(figure: str) -> str:
    """A figure's id as the files have it."""
    return figure.partition(_APART)[0]


def _sources(layers: Iterable[Layer]) -> tuple[dict[str, Source], list[Layer]]:
    """The cited sources with the cited articles, and the layers that gave some of it."""
    found: dict[str, Source] = {}
    givers: list[Layer] = []
    for layer in layers:
        before = dict(found)
        for citation in dict.fromkeys(citation for item in layer.items() for citation in item.basis):
            source = layer.sources.get(citation.source)
            had = before.get(citation.source)
            if source is None or (had is not None and _answers(had, citation)):
                continue
            given = found.get(source.id) or replace(source, articles=())
            found[source.id] = _with_cited(given, source, citation)
            givers.append(layer)
    return found, givers


def _answers(source: Source, citation: Citation) -> bool:
    return bool(source.article(citation.article) if citation.article else source.text)


def _with_cited(given: Source, source: Source, citation: Citation) -> Source:
    article = source.article(citation.article) if citation.article else None
    if article is None:
        return replace(given, text=given.text or source.text)
    if any(each.article == article.article for each in given.articles):
        return given
    return replace(given, articles=(*given.articles, article))


def _ordered(sources: Mapping[str, Source], like: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources and their articles in the order of a library; what it lacks comes last."""
    places = {source_id: place for place, source_id in enumerate(like)}

    def articles(source: Source) -> tuple[Article, ...]:
        there = like[source.id].articles if source.id in like else ()
        labels = {each.article: place for place, each in enumerate(there)}
        return tuple(sorted(source.articles, key=lambda each: labels.get(each.article, len(labels))))

    ordered = sorted(sources.values(), key=lambda each: places.get(each.id, len(places)))
    return tuple(replace(source, articles=articles(source)) for source in ordered)


def _named_apart(layer: Layer, figures: dict[str, Threshold]) -> Iterable[Module]:
    """A layer's modules; where a figure says something else by now, theirs has an id of its own.

    Args:
        layer: The modules with their figures.
        figures: Those of the layers before, by id; this layer's are added.
    """
    items = layer.items()
    used = {figure for item in items for figure in item.figures}
    names: dict[str, str] = {}
    for each in layer.figures:
        if each.id not in used:
            continue
        name, number = each.id, 2
        while replace(figures.get(name, each), id="") != replace(each, id=""):
            name, number = f"{base(each.id)}{_APART}{number}", number + 1
        names[each.id] = name
        figures.setdefault(name, replace(each, id=name))
    if all(old == new for old, new in names.items()):
        return layer.modules
    return [_with_figures(module, names) for module in layer.modules]


def _with_figures(module: Module, names: Mapping[str, str]) -> Module:
    def item(each: Item) -> Item:
        return replace(each, figures=tuple(names.get(figure, figure) for figure in each.figures))

    sections = (replace(each, items=tuple(map(item, each.items))) for each in module.sections)
    return replace(module, sections=tuple(sections))


def _presets(layers: Sequence[Layer], like: Layer) -> tuple[Preset, ...]:
    """The presets of the first layer; those after it add what they say of their own items."""
    found: dict[str, Preset] = {}
    for place, layer in enumerate(layers):
        there = {item.id for item in layer.items()}
        for preset in layer.presets:
            reliefs = tuple(each for each in preset.reliefs if each.item in there)
            enough = tuple(each for each in preset.enough if each.item in there)
            had = found.get(preset.id)
            if had is not None:
                more = replace(had, reliefs=(*had.reliefs, *reliefs), enough=(*had.enough, *enough))
                found[preset.id] = more
            elif place == 0 or reliefs or enough:
                found[preset.id] = replace(preset, reliefs=reliefs, enough=enough)
    models = {preset.id: preset for preset in like.presets}
    return tuple(_preset_like(each, models.get(each.id, each)) for each in found.values())


def _preset_like(preset: Preset, model: Preset) -> Preset:
    """The preset with its items in the order of another."""
    reliefs = {each.item: place for place, each in enumerate(model.reliefs)}
    enough = {each.item: place for place, each in enumerate(model.enough)}
    return replace(
        preset,
        reliefs=tuple(sorted(preset.reliefs, key=lambda each: reliefs.get(each.item, len(reliefs)))),
        enough=tuple(sorted(preset.enough, key=lambda each: enough.get(each.item, len(enough)))),
    )
