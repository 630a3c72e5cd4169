"""The document model: blocks in reading order, each value with the level that may see it.

A document that holds a value above its own level cannot be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from tsguard.domain.disclosure import Level
from tsguard.report.blocks import Block
from tsguard.report.marked import Marked


class DisclosureBreach(ValueError):
    """A bug of the caller: a value that this document's level may not show was put into it.

    Attributes:
        place: The kinds of block and field down to the value; never the value itself.
    """

    def __init__(self, place: str) -> None:
        super().__init__(f"an internal value in a submission, at {place}")
        self.place = place


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file, for machines.

    Attributes:
        name: ASCII.
        media_type: Such as ``application/json``.
        description: What it is.
        data: Made of cleared values only.
    """

    name: str
    media_type: str
    description: Marked
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    Attributes:
        level: Who it is for.
        title: For the page head and the file's metadata.
        company: For the page head.
        footing: For the page foot.
        number: The report's id.
        on: Its date, the only one in the file.
        blocks: In reading order.
        attachments: Of a PDF.
    """

    level: Level
    title: Marked
    company: Marked
    footing: Marked
    number: Marked
    on: date
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        kept_back = {level for level in Level if not self.level.may_show(level)}
        if not kept_back or kept_back.isdisjoint(value.level for value in each_value(self)):
            return
        raise DisclosureBreach(next(place for place, value in values(self) if value.level in kept_back))

    def texts(self) -> Iterator[str]:
        """Every text in it, in reading order."""
        return (value.text for value in each_value(self))


def values(node: object, place: str = "") -> Iterator[tuple[str, Marked]]:
    """Every marked value below a node, with the kinds of block and field that lead to it."""
    waiting = [(node, place)]  # by hand: tens of thousands of nested generators take their time
    while waiting:
        each, here = waiting.pop()
        if isinstance(each, Marked):
            yield here, each
        elif isinstance(each, tuple):
            waiting += [(part, here) for part in reversed(each)]
        elif names := _children(type(each)):
            here = f"{here}/{type(each).__name__}"
            waiting += [(getattr(each, name), f"{here}.{name}") for name in reversed(names)]


def each_value(node: object) -> Iterator[Marked]:
    """Every marked value below a node, in reading order: as ``values``, several times faster."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if type(each) is Marked:
            yield each
        else:
            waiting += reversed(parts_of(each))


def parts_of(node: object) -> tuple[object, ...]:
    """The parts of a tuple, or of a block, in which texts may stand; none of a plain value."""
    if isinstance(node, tuple):
        return node
    kind = type(node)
    opener = _OPENERS.get(kind) or _OPENERS.setdefault(kind, _opener(kind))
    return opener(node)


_Opener = Callable[[Any], tuple[object, ...]]
_OPENERS: dict[type, _Opener] = {}
"""By kind of block: looked up once for thousands of nodes."""
_PLAIN = frozenset(
    {
        "str",
        "int",
        "float",
        "bool",
        "bytes",
        "date",
        "Level",
        "Role",
        "Tone",
        "Align",
        "Bar | None",
        "Mark | None",
    }
)
"""Types of fields in which no text of the document stands, by their words in the source."""


def _opener(kind: type) -> _Opener:
    names = [each.name for each in fields(kind) if each.type not in _PLAIN] if is_dataclass(kind) else []
    if not names:
        return lambda _node: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda node: (get(node),)


_CHILDREN: dict[type, tuple[str, ...]] = {}


def _children(kind: type) -> tuple[str, ...]:
    """Names of a block kind's fields, none for a plain value; looked up once for thousands of nodes."""
    names = _CHILDREN.get(kind)
    if names is None:
        names = tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
        _CHILDREN[kind] = names
    return names
