"""A module file to a ``Module``. What spans several files is looked at in ``content.across``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from tsguard.content.citations import parse_citation
from tsguard.content.findings import Findings
from tsguard.content.nodes import Fields, File, hundredths
from tsguard.content.prefix import PREFIX, own_id, prefixed
from tsguard.domain.basis import Citation
from tsguard.domain.checklist import CORE, Item, Measure, Module, ModuleKind, Multiplier, Section
from tsguard.domain.scales import Critical, Tier
from tsguard.domain.secret_points import Category, SecretPointType
from tsguard.rules.checks import CHECKS
from tsguard.rules.secret_points import STATE_WORDS

LAST_PLACE = 99
HEAVIEST = 5
"""Items weigh 1 to 5."""
FEWEST_STEPS, MOST_STEPS = 2, 5
"""One step is a wish, six are a project."""
SMALLEST_MULTIPLIER, LARGEST_MULTIPLIER = 50, 300
"""Hundredths: a sector may halve or triple a core item's weight, no more."""

_ITEM_ID = re.compile(r"[A-Z][A-Z0-9]{1,11}-[0-9]{2,3}")
_SECTION_ID = re.compile(r"[A-Z][A-Z0-9]{1,11}")


class _NotApplicable(StrEnum):
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Lines:
    """Where in its file each part of a module stands, for problems found later.

    Attributes:
        items: Line by item id.
        citations: Line of each citation, with it.
        multipliers: Line by item id.
        place: Where among its kind the module is offered, 1 first; 99 where the file does not say.
    """

    items: dict[str, int]
    citations: tuple[tuple[int, Citation], ...]
    multipliers: dict[str, int]
    place: int = LAST_PLACE


def load_module(file: File, *, shipped: bool) -> tuple[Module | None, Lines]:
    """The module of a parsed file, as far as it can be understood.

    Args:
        file: As read; its findings are filled on.
        shipped: Whether it came with the program.

    Returns:
        The module (None where the file could not be parsed) and the lines of its parts.
    """
    lines = Lines({}, (), {})
    root = file.root
    if root is None:
        return None, lines
    findings = file.findings
    citations: list[tuple[int, Citation]] = []
    module_id = root.text("module", longest=12)
    core = shipped and module_id == CORE
    if module_id and not core and not _SECTION_ID.fullmatch(module_id):
        findings.add(root.line_of("module"), "bad-id", id=module_id)
    kind = root.choice("kind", ModuleKind, ModuleKind.SECTOR)
    leak_paths = root.texts("leak_paths", required=False, longest=60)
    place = root.whole("place", 1, LAST_PLACE) if root.has("place") else LAST_PLACE
    module = Module(
        id=module_id,
        kind=kind,
        title=root.text("title", longest=40),
        version=root.text("version", longest=20),
        origin=root.text("origin", longest=200),
        sha256=file.sha256,
        shipped=shipped,
        sections=tuple(
            _section(fields, module_id, file, lines, citations) for fields in root.mappings("sections")
        ),
        multipliers=_multipliers(root.mapping("multipliers", required=False), findings, lines),
        secret_point_types=tuple(
            _secret_point_type(fields, findings)
            for fields in root.mappings("secret_point_types", required=False)
        ),
        leak_paths=leak_paths,
        leak_items=_leak_items(root.mapping("leak_items", required=False), leak_paths, lines, findings),
        retired=_retired(root.mapping("retired", required=False)),
        along=root.texts("with", required=False, longest=12),
    )
    root.finish()
    for line, figure in file.figures.unknown:
        nearest = findings.nearest(figure, file.figures.known)
        findings.add(line, "unknown-figure", id=figure, nearest=nearest)
    if shipped:
        for each in dict.fromkeys((module.id, *(section.id for section in module.sections))):
            if each.startswith(PREFIX):
                findings.add(root.line_of("module"), "reserved-id", id=each)
        return module, Lines(lines.items, tuple(citations), lines.multipliers, place)
    items = {own_id(item): line for item, line in lines.items.items()}
    return prefixed(module), Lines(items, tuple(citations), lines.multipliers, place)


def _section(
    fields: Fields,
    module: str,
    file: File,
    lines: Lines,
    citations: list[tuple[int, Citation]],
) -> Section:
    findings = file.findings
    section_id = fields.text("id", longest=12)
    if section_id and not _SECTION_ID.fullmatch(section_id):
        findings.add(fields.line_of("id"), "bad-id", id=section_id)
    section = Section(
        id=section_id,
        title=fields.text("title", longest=30),
        short=fields.text("short", longest=4),
        module=module,
        items=tuple(_item(each, section_id, file, lines, citations) for each in fields.mappings("items")),
    )
    fields.finish()
    return section


def _item(
    fields: Fields,
    section: str,
    file: File,
    lines: Lines,
    citations: list[tuple[int, Citation]],
) -> Item:
    findings, used_before = file.findings, len(file.figures.used)
    item_id = fields.text("id", longest=16)
    line = fields.line_of("id")
    if item_id and not (_ITEM_ID.fullmatch(item_id) and item_id.rpartition("-")[0] == section):
        findings.add(line, "bad-item-id", id=item_id, section=section)
    if item_id in lines.items:
        findings.add(line, "duplicate-id", id=item_id, first=lines.items[item_id])
    elif item_id:
        lines.items[item_id] = line
    basis: list[Citation] = []
    for scalar in fields.scalars("basis", longest=60):
        citation = parse_citation(scalar.text)
        if citation is None:
            findings.add(scalar.line, "bad-citation", citation=scalar.text)
        else:
            basis.append(citation)
            citations.append((scalar.line, citation))
    check = fields.scalar("check", required=False)
    if check and check.text not in CHECKS:
        findings.add(check.line, "unknown-check", check=check.text, known="、".join(CHECKS))
    how = fields.texts("how", longest=60)
    if how and not FEWEST_STEPS <= len(how) <= MOST_STEPS:
        findings.add(
            fields.line_of("how"),
            "wrong-number-of-steps",
            count=len(how),
            least=FEWEST_STEPS,
            most=MOST_STEPS,
        )
    item = Item(
        id=item_id,
        text=fields.text("text", longest=80),
        why=fields.text("why", longest=120),
        how=how,
        evidence=fields.texts("evidence", longest=60),
        basis=tuple(basis),
        weight=fields.whole("weight", 1, HEAVIEST),
        critical=fields.choice("critical", Critical, Critical.NONE, required=False),
        critical_why=fields.text("critical_why", required=False, longest=120),
        partial=fields.text("partial", longest=60),
        small=fields.text("small", longest=80),
        measure=fields.choice("measure", Measure, Measure.GOVERNANCE),
        may_not_apply=fields.choice("not_applicable", _NotApplicable, _NotApplicable.ALLOWED)
        is _NotApplicable.ALLOWED,
        not_applicable_when=fields.text("not_applicable_when", required=False, longest=80),
        check=check.text if check else "",
        quick=fields.text("quick", required=False, longest=60),
    )
    item = replace(item, figures=tuple(dict.fromkeys(file.figures.used[used_before:])))
    if item.critical is Critical.VETO and not item.critical_why:
        findings.add(line, "veto-without-reason", id=item_id)
    if item.may_not_apply and not item.not_applicable_when:
        # What a person may leave out without a rule is left out at will; ordinary items are still used.
        if item.critical is Critical.NONE:
            findings.advise(line, "may-not-apply-without-rule", id=item_id)
        else:
            findings.add(line, "critical-may-not-apply-without-rule", id=item_id)
    fields.finish()
    return item


def _leak_items(
    fields: Fields | None, paths: tuple[str, ...], lines: Lines, findings: Findings
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The module's own items against each leak path, both as the same file writes them."""
    if fields is None:
        return ()
    found = []
    for path in fields.names():
        if path not in paths:
            nearest = findings.nearest(path, paths)
            findings.add(fields.line_of(path), "unknown-leak-path", path=path, nearest=nearest)
        scalars = fields.scalars(path, longest=16)
        for scalar in scalars:
            if scalar.text not in lines.items:
                findings.add(scalar.line, "unknown-item", id=scalar.text)
        found.append((path, tuple(dict.fromkeys(scalar.text for scalar in scalars))))
    return tuple(found)


def _multipliers(fields: Fields | None, findings: Findings, lines: Lines) -> tuple[Multiplier, ...]:
    found: list[Multiplier] = []
    for item, scalar in fields.pairs() if fields else ():
        value = hundredths(scalar.text)
        if value is None or not SMALLEST_MULTIPLIER <= value <= LARGEST_MULTIPLIER:
            findings.add(scalar.line, "bad-multiplier", id=item, value=scalar.text)
            continue
        lines.multipliers[item] = scalar.line
        found.append(Multiplier(item, value))
    return tuple(found)


def _secret_point_type(fields: Fields, findings: Findings) -> SecretPointType:
    name = fields.text("name", longest=40)
    if "★" in name or name.startswith(STATE_WORDS):
        findings.add(fields.line_of("name"), "state-secret-mark", name=name)
    result = SecretPointType(
        name=name,
        tier=fields.choice("tier", Tier, Tier.GENERAL),
        category=fields.choice("category", Category, Category.TECHNICAL, required=False),
    )
    fields.finish()
    return result


def _retired(fields: Fields | None) -> tuple[tuple[str, str], ...]:
    """Ids out of use with their successors; ``content.across`` looks at them across files."""
    found = fields.pairs() if fields else ()
    return tuple((item, "" if scalar.text == "none" else scalar.text) for item, scalar in found)
