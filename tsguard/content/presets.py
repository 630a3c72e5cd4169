"""What is asked by company size (``presets.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.content.nodes import Fields, File
from tsguard.domain.enterprise import Size
from tsguard.domain.preset import Enough, Preset, Relief

LONGEST = 120
"""Characters of a reason, of an exception, and of what is enough."""


@dataclass(frozen=True, slots=True)
class Presets:
    """The presets of a file, with the lines on which they name items.

    Attributes:
        presets: In order.
        reliefs: Line and item id of each proposal to leave an item out.
        enough: Line and item id of each text on what is enough.
    """

    presets: tuple[Preset, ...]
    reliefs: tuple[tuple[int, str], ...]
    enough: tuple[tuple[int, str], ...]


def load_presets(file: File) -> Presets:
    """The presets of a parsed file; none where it could not be parsed."""
    root = file.root
    if root is None:
        return Presets((), (), ())
    root.text("presets", longest=20)
    root.text("version", longest=20)
    reliefs: list[tuple[int, str]] = []
    enough: list[tuple[int, str]] = []
    seen: dict[Size, str] = {}
    presets = tuple(_preset(fields, file, reliefs, enough, seen) for fields in root.mappings("sizes"))
    root.finish()
    for line, figure in file.figures.unknown:
        nearest = file.findings.nearest(figure, file.figures.known)
        file.findings.add(line, "unknown-figure", id=figure, nearest=nearest)
    return Presets(presets, tuple(reliefs), tuple(enough))


def _preset(
    fields: Fields,
    file: File,
    reliefs: list[tuple[int, str]],
    enough: list[tuple[int, str]],
    seen: dict[Size, str],
) -> Preset:
    preset_id = fields.text("id", longest=12)
    sizes: list[Size] = []
    for scalar in fields.scalars("for"):
        if scalar.text not in set(Size):
            known = "、".join(Size)
            file.findings.add(
                scalar.line, "unknown-value", key="for", value=scalar.text, nearest="", known=known
            )
            continue
        size = Size(scalar.text)
        if size in seen:
            file.findings.add(scalar.line, "size-twice", size=size, first=seen[size])
        seen.setdefault(size, preset_id)
        sizes.append(size)
    preset = Preset(
        id=preset_id,
        title=fields.text("title", longest=20),
        text=fields.text("text", longest=160),
        sizes=tuple(sizes),
        reliefs=tuple(
            _relief(each, reliefs) for each in fields.mappings("usually_not_applicable", required=False)
        ),
        enough=tuple(Enough(item, text) for item, text in _texts(fields, "enough", enough, file)),
    )
    fields.finish()
    return preset


def _relief(fields: Fields, lines: list[tuple[int, str]]) -> Relief:
    relief = Relief(
        item=fields.text("item", longest=16),
        reason=fields.text("reason", longest=LONGEST),
        unless=fields.text("unless", longest=LONGEST),
    )
    lines.append((fields.line_of("item"), relief.item))
    fields.finish()
    return relief


def _texts(fields: Fields, key: str, lines: list[tuple[int, str]], file: File) -> list[tuple[str, str]]:
    """The texts under a key by item id, with their lines noted."""
    part = fields.mapping(key, required=False)
    found: list[tuple[str, str]] = []
    for item, scalar in part.pairs() if part else ():
        if len(scalar.text) > LONGEST:
            file.findings.add(scalar.line, "too-long", key=item, length=len(scalar.text), longest=LONGEST)
        lines.append((scalar.line, item))
        found.append((item, scalar.text))
    return found
