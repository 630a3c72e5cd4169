"""What a YAML file may look like: bounded, without aliases, tags and characters that nobody sees.

Looks at the parser's events only; what keys and values mean is for ``content.nodes``.
"""

from __future__ import annotations

import unicodedata

import yaml

from tsguard.content.findings import Findings

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's parser where the wheel has it: ten times as fast, the same tree."""

DEEPEST = 12
"""Levels of nesting; no content needs more."""
MOST_SCALARS = 40_000
"""Keys and values of one file; some eight hundred items."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MOST_CODES = 5


def shape_allowed(text: str, findings: Findings) -> bool:
    """Whether the file has no aliases, no tags, no absurd depth and no absurd number of texts.

    Characters that nobody sees are reported, and the file is read on for what else is wrong.
    """
    depth = scalars = 0
    allowed = True
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            findings.add(line, "alias")
            allowed = False
        elif getattr(event, "tag", None):
            findings.add(line, "tag")
            allowed = False
        if isinstance(event, yaml.ScalarEvent):
            scalars += 1
            if scalars > MOST_SCALARS:
                findings.add(line, "too-many-items", most=MOST_SCALARS)
                return False
            if not event.value.isprintable() and (codes := _invisible(event.value)):
                findings.add(line, "invisible-character", codes=codes)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                findings.add(line, "too-deep", deepest=DEEPEST)
                return False
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return allowed


def _invisible(text: str) -> str:
    """The code points of a text's control and invisible characters, but for line breaks."""
    found = dict.fromkeys(each for each in text if each != "\n" and _unseen(each))
    return "、".join(f"U+{ord(each):04X}" for each in list(found)[:_MOST_CODES])


def _unseen(character: str) -> bool:
    code = ord(character)
    never = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return never or unicodedata.category(character) in _UNSEEN
