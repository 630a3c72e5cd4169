"""Items, sections, modules, and the checklist that an assessment freezes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tsguard.domain.basis import Citation, Source
from tsguard.domain.enterprise import Size
from tsguard.domain.parameters import Threshold
from tsguard.domain.preset import Preset
from tsguard.domain.scales import Critical
from tsguard.domain.secret_points import SecretPointType

CORE = "core"
"""The id of the general module, which is in every checklist."""


class Measure(StrEnum):
    """The class of measure after 法释〔2020〕7号 §6 (1)–(7), or governance."""

    AGREEMENTS = "1"
    RULES_AND_TRAINING = "2"
    PREMISES = "3"
    MARKING_AND_ISOLATION = "4"
    SYSTEMS = "5"
    LEAVERS = "6"
    OTHER = "7"
    GOVERNANCE = "governance"


class ModuleKind(StrEnum):
    """The general module, a sector's, or an add-on."""

    CORE = "core"
    SECTOR = "sector"
    ADDON = "addon"


@dataclass(frozen=True, slots=True)
class Item:
    """One verifiable requirement.

    Attributes:
        id: Such as ``HRM-05``; never reused.
        text: The requirement, one sentence.
        why: What goes wrong without it.
        how: Steps a small company can take.
        evidence: What to show.
        basis: The rules behind it.
        weight: 1 to 5.
        critical: Whether it can cap the band.
        critical_why: Why, for a veto item.
        partial: What 部分符合 looks like.
        small: What a micro-enterprise may show instead.
        measure: The class of measure it belongs to.
        may_not_apply: Whether 不适用 may be answered.
        not_applicable_when: The rule that says when, where there is one.
        check: Name of the register check that feeds it, or "".
        quick: The plain question that the quick check (快速自测) asks for it; "" where it does not.
        figures: Ids of the thresholds whose values stand in its texts.
    """

    id: str
    text: str
    why: str
    how: tuple[str, ...]
    evidence: tuple[str, ...]
    basis: tuple[Citation, ...]
    weight: int
    critical: Critical
    critical_why: str
    partial: str
    small: str
    measure: Measure
    may_not_apply: bool
    not_applicable_when: str
    check: str
    quick: str = ""
    figures: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The part of the id behind the section: ``05``."""
        return self.id.rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class Section:
    """A 域: items that belong together.

    Attributes:
        id: Such as ``HRM``.
        title: Its full name.
        short: Two characters for chart labels.
        module: The id of the module it came with.
        items: In reading order.
    """

    id: str
    title: str
    short: str
    module: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Multiplier:
    """A sector's factor on a core item's weight.

    Attributes:
        item: The core item's id.
        hundredths: 150 for ×1.5; 100 changes nothing.
    """

    item: str
    hundredths: int


@dataclass(frozen=True, slots=True)
class Module:
    """One content file of items.

    Attributes:
        id: Such as ``core`` or ``XIC``.
        kind: What sort of module.
        title: Its name on screen.
        version: Such as ``2026.11``.
        origin: Who wrote it and with what authority, shown with it.
        sha256: Of the file, 64 hexadecimal digits.
        shipped: Whether it came with the program.
        sections: With their items.
        multipliers: On core items.
        secret_point_types: For the register's drop-down, with a recommended tier.
        leak_paths: Usual ways a secret gets out in this sector.
        leak_items: A leak path with the module's own items that stand against it; of those paths only for
            which the module says so.
        retired: Ids that are no longer asked, with their successor or "".
        along: Ids of modules that are proposed together with it.
        pack: The number of the content pack that brought it; 0 where none did.
    """

    id: str
    kind: ModuleKind
    title: str
    version: str
    origin: str
    sha256: str
    shipped: bool
    sections: tuple[Section, ...]
    multipliers: tuple[Multiplier, ...] = ()
    secret_point_types: tuple[SecretPointType, ...] = ()
    leak_paths: tuple[str, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()
    along: tuple[str, ...] = ()
    leak_items: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pack: int = 0

    def items(self) -> Iterator[Item]:
        """All items in reading order."""
        for section in self.sections:
            yield from section.items


@dataclass(frozen=True, slots=True)
class Checklist:
    """All items that apply to one assessment, frozen with everything a report needs of them.

    Attributes:
        modules: The core first, then the chosen ones in order.
        sources: The legal library's entries that the items cite.
        library_version: Of the legal library.
        library_sha256: Of its file.
        presets: What is asked of companies by their size, cut down to these items.
        figures: The thresholds that stand in the items' texts.
        put_aside: The modules that were chosen before and are not now, each as it was frozen, for the
            day it is chosen again.
    """

    modules: tuple[Module, ...]
    sources: tuple[Source, ...]
    library_version: str
    library_sha256: str
    presets: tuple[Preset, ...] = ()
    figures: tuple[Threshold, ...] = ()
    put_aside: tuple[Checklist, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """Of all modules, in reading order."""
        return tuple(section for module in self.modules for section in module.sections)

    def items(self) -> Iterator[Item]:
        """Of all modules, in reading order."""
        for module in self.modules:
            yield from module.items()

    def multipliers(self) -> dict[str, int]:
        """The factor of each core item in hundredths; of several modules the highest wins.

        A module that says nothing about an item does not take part, so one module's 0.8 stands
        unless another names the item too.
        """
        highest: dict[str, int] = {}
        for module in self.modules:
            for multiplier in module.multipliers:
                highest[multiplier.item] = max(highest.get(multiplier.item, 0), multiplier.hundredths)
        return highest

    def core_sections(self) -> tuple[str, ...]:
        """Ids of the general module's sections, which are what a programme counts."""
        return tuple(
            section.id for module in self.modules if module.id == CORE for section in module.sections
        )

    def preset(self, size: Size) -> Preset | None:
        """What is asked of companies of that size, where the content says so."""
        return next((preset for preset in self.presets if size in preset.sizes), None)

    def source(self, source_id: str) -> Source | None:
        """The library entry of that id, where an item cites it."""
        return next((source for source in self.sources if source.id == source_id), None)
