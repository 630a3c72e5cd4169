"""A module's plain fields as YAML in the house's format, the way a person would have typed it.

What is written is read back as the same texts: a scalar that YAML would take for something else is
quoted, and nothing else is. It decides nothing about whether the fields make a sound module.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import yaml

Plain: TypeAlias = "str | Sequence[Plain] | Mapping[str, Plain]"
"""What a content file is made of: texts, lists and mappings."""
Place: TypeAlias = "tuple[str | int, ...]"
"""Keys and positions that lead to a value: ``("sections", 0, "items", 3, "weight")``."""

_SAFE_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<]")
_UNSAFE = re.compile(r": |:$| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]|^\s|\s$")
_FIRST_DASH = re.compile(r"[-?:](?=[^\s\-?:,\[\]{}#&*!|>'\"%@`])")
_NOT_TEXT = re.compile(
    r"(?i:y|yes|n|no|true|false|on|off|null|~)|[-+]?[0-9][0-9_,.:eExXa-fA-F+-]*|[-+]?\.(?i:inf|nan|[0-9]+).*|"
)
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}|[0-9]\.[0-9]{1,2}")
_NUMBER_KEYS = frozenset({"weight", "measure", "points", "at_least", "place"})
_INDENT = 2


@dataclass(frozen=True, slots=True)
class Written:
    """A file's text.

    Attributes:
        text: Ends with a line break.
        places: What stands on each line, counted from 1; the outermost thing where several begin there.
    """

    text: str
    places: dict[int, Place]


def written(fields: Mapping[str, Plain]) -> Written:
    """The YAML of a mapping.

    Args:
        fields: Keys in the order they shall stand in; empty texts, lists and mappings are left out.
    """
    lines: list[str] = []
    places: dict[int, Place] = {}
    for line, place in _mapping(fields, 0, ()):
        lines.append(line)
        places[len(lines)] = place
    return Written("".join(line + "\n" for line in lines) or "{}\n", places)


def scalar(text: str) -> str:
    """One text as it stands behind its key, quoted where YAML asks for it."""
    starts = _SAFE_START.match(text) or _FIRST_DASH.match(text)
    if starts and not _UNSAFE.search(text) and not _NOT_TEXT.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else _escaped(text)


def mapping(text: str) -> dict[str, Plain]:
    """The fields of a module file, every scalar as the text that stands there; none of anything else.

    For files that were checked before: what others wrote is read by ``content.nodes``.
    """
    found = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but texts
    return found if isinstance(found, dict) else {}


def _escaped(text: str) -> str:
    return '"' + "".join(_character(each) for each in text) + '"'


def _character(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\U{code:08X}" if code > 0xFFFF else f"\\u{code:04X}"


def _mapping(fields: Mapping[str, Plain], depth: int, place: Place) -> Iterator[tuple[str, Place]]:
    margin = " " * depth
    for key, value in fields.items():
        if not value:
            continue
        here = (*place, key)
        name = scalar(key)
        if isinstance(value, str):
            bare = key in _NUMBER_KEYS or (place and place[-1] == "multipliers")
            text = value if bare and _NUMBER.fullmatch(value) else scalar(value)
            yield f"{margin}{name}: {text}", here
            continue
        yield f"{margin}{name}:", here
        if isinstance(value, Mapping):
            yield from _mapping(value, depth + _INDENT, here)
        else:
            yield from _list(value, depth + _INDENT, here)


def _list(values: Sequence[Plain], depth: int, place: Place) -> Iterator[tuple[str, Place]]:
    margin = " " * depth
    for position, value in enumerate(values):
        here = (*place, position)
        if isinstance(value, str):
            yield f"{margin}- {scalar(value)}", here
            continue
        nested = (
            _mapping(value, depth + _INDENT, here)
            if isinstance(value, Mapping)
            else _list(value, depth + _INDENT, here)
        )
        for number, (line, inner) in enumerate(nested):
            if number:
                yield line, inner
            else:
                yield f"{margin}- {line.lstrip(' ')}", here
