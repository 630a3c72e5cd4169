"""Hand-written YAML as a tree of strings that know their lines.

Every scalar stays the string that stands in the file (``No``, ``1.10`` and dates must not change
type); aliases and tags are refused, so a hostile file can neither grow nor construct anything.
Problems are collected, never raised one by one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from tsguard.content.figures import Figures
from tsguard.content.findings import Findings
from tsguard.content.shape import LOADER, shape_allowed
from tsguard.errors import Unreadable

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes; a larger content file is refused unread."""
_WHOLE = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9](?:\.[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_OR_LESS = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string of the file with its line, counted from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as the file has it, for those who look at its wording.

    Attributes:
        key: The key it stands under; for an element of a list the list's.
        line: Counted from 1.
        text: With its figures filled in.
        written: As it stands in the file, figures in braces.
    """

    key: str
    line: int
    text: str
    written: str


class Fields:
    """One mapping of the file, read key by key; what nobody asked for is a problem.

    Attributes:
        line: Where the mapping starts.
    """

    def __init__(
        self, node: yaml.MappingNode, findings: Findings, figures: Figures, passages: list[Passage]
    ) -> None:
        self.line: int = node.start_mark.line + 1
        self._figures = figures
        self._passages = passages
        self._findings = findings
        self._entries: dict[str, tuple[yaml.Node, int]] = {}
        self._asked: list[str] = []
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                findings.add(line, "key-not-text")
            elif key_node.value in self._entries:
                findings.add(line, "duplicate-key", key=key_node.value)
            else:
                self._entries[key_node.value] = (value, line)

    def line_of(self, key: str) -> int:
        """The line a key stands on; the mapping's own where the key is missing."""
        return self._entries[key][1] if key in self._entries else self.line

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._entries

    def scalar(self, key: str, *, required: bool = True) -> Scalar | None:
        """The text of a key with its line; None, with a problem where it is required, if there is none."""
        node = self._take(key, required=required)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._findings.add(self.line_of(key), "text-expected", key=key)
            return None
        text = self._filled(key, node, self.line_of(key))
        if required and not text:
            self._findings.add(self.line_of(key), "empty", key=key)
            return None
        return Scalar(text, self.line_of(key))

    def text(self, key: str, *, required: bool = True, longest: int = 400) -> str:
        """The text of a key; "" where there is none."""
        scalar = self.scalar(key, required=required)
        if scalar is None:
            return ""
        if len(scalar.text) > longest:
            self._findings.add(scalar.line, "too-long", key=key, length=len(scalar.text), longest=longest)
        return scalar.text

    def choice(self, key: str, kind: type[E], default: E, *, required: bool = True) -> E:
        """One of an enumeration's values; the default where it is missing or unknown."""
        scalar = self.scalar(key, required=required)
        if scalar is None or not scalar.text:
            return default
        try:
            return kind(scalar.text)
        except ValueError:
            known = [member.value for member in kind]
            self._findings.add(
                scalar.line,
                "unknown-value",
                key=key,
                value=scalar.text,
                nearest=self._findings.nearest(scalar.text, known),
                known="、".join(known),
            )
            return default

    def whole(self, key: str, least: int, most: int) -> int:
        """A whole number within bounds; ``least`` where it is missing or wrong."""
        scalar = self.scalar(key)
        if scalar is None:
            return least
        plain = _WHOLE.fullmatch(scalar.text)
        if not plain or not least <= int(scalar.text) <= most:
            self._findings.add(
                scalar.line, "number-out-of-range", key=key, value=scalar.text, least=least, most=most
            )
            return least
        return int(scalar.text)

    def yes_no(self, key: str, *, default: bool = False) -> bool:
        """``yes`` or ``no``."""
        scalar = self.scalar(key, required=False)
        if scalar is None:
            return default
        if scalar.text not in {"yes", "no"}:
            self._findings.add(
                scalar.line, "unknown-value", key=key, value=scalar.text, nearest="", known="yes、no"
            )
        return scalar.text == "yes"

    def day(self, key: str) -> date:
        """A date as YYYY-MM-DD; the first of all days where it is missing or wrong."""
        scalar = self.scalar(key)
        if scalar is None:
            return date.min
        found = _date(scalar.text, _DAY)
        if found is None:
            self._findings.add(scalar.line, "date-expected", key=key, value=scalar.text)
        return found or date.min

    def day_text(self, key: str) -> str:
        """A date as YYYY-MM-DD, YYYY-MM or YYYY, as text, or ""."""
        scalar = self.scalar(key, required=False)
        if scalar is None or not scalar.text:
            return ""
        if _date(scalar.text, _DAY_OR_LESS) is None:
            self._findings.add(scalar.line, "date-expected", key=key, value=scalar.text)
        return scalar.text

    def scalars(self, key: str, *, required: bool = True, longest: int = 400) -> tuple[Scalar, ...]:
        """The texts of a list with their lines."""
        node = self._take(key, required=required)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._findings.add(self.line_of(key), "list-expected", key=key)
            return ()
        found: list[Scalar] = []
        for each in node.value:
            line = each.start_mark.line + 1
            if not isinstance(each, yaml.ScalarNode):
                self._findings.add(line, "text-expected", key=key)
            elif not each.value.strip():
                self._findings.add(line, "empty", key=key)
            else:
                text = self._filled(key, each, line)
                if len(text) > longest:
                    self._findings.add(line, "too-long", key=key, length=len(text), longest=longest)
                found.append(Scalar(text, line))
        if required and not node.value:
            self._findings.add(self.line_of(key), "empty", key=key)
        return tuple(found)

    def texts(self, key: str, *, required: bool = True, longest: int = 400) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(scalar.text for scalar in self.scalars(key, required=required, longest=longest))

    def mappings(self, key: str, *, required: bool = True) -> Iterator[Fields]:
        """The mappings of a list."""
        node = self._take(key, required=required)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self._findings.add(self.line_of(key), "list-expected", key=key)
            return
        if required and not node.value:
            self._findings.add(self.line_of(key), "empty", key=key)
        for each in node.value:
            if isinstance(each, yaml.MappingNode):
                yield Fields(each, self._findings, self._figures, self._passages)
            else:
                self._findings.add(each.start_mark.line + 1, "mapping-expected", key=key)

    def mapping(self, key: str, *, required: bool = True) -> Fields | None:
        """The mapping under a key."""
        node = self._take(key, required=required)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self._findings.add(self.line_of(key), "mapping-expected", key=key)
            return None
        return Fields(node, self._findings, self._figures, self._passages)

    def names(self) -> tuple[str, ...]:
        """Every key, for mappings whose keys are data."""
        return tuple(self._entries)

    def pairs(self) -> Iterator[tuple[str, Scalar]]:
        """Every key with its text, for mappings whose keys are data."""
        for key in tuple(self._entries):
            scalar = self.scalar(key)
            if scalar is not None:
                yield key, scalar

    def finish(self) -> None:
        """Report the keys that nobody asked for, with the nearest one that is known."""
        for key, (_, line) in self._entries.items():
            if key not in self._asked:
                nearest = self._findings.nearest(key, self._asked)
                self._findings.add(line, "unknown-key", key=key, nearest=nearest)

    def _filled(self, key: str, node: yaml.ScalarNode, line: int) -> str:
        written = node.value.strip()
        text = self._figures.fill(written, line)
        self._passages.append(Passage(key, line, text, written))
        return text

    def _take(self, key: str, *, required: bool) -> yaml.Node | None:
        self._asked.append(key)
        if key in self._entries:
            return self._entries[key][0]
        if required:
            self._findings.add(self.line, "missing-key", key=key)
        return None


def hundredths(text: str) -> int | None:
    """A plain decimal with at most two places in hundredths, ``1.5`` as 150; None where it is not one."""
    if not _DECIMAL.fullmatch(text):
        return None
    whole, _point, rest = text.partition(".")
    return int(whole) * 100 + int(f"{rest:0<2}")


def _date(text: str, pattern: re.Pattern[str]) -> date | None:
    if not pattern.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < len("YYYY-MM-DD") else text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class File:
    """A content file as read.

    Attributes:
        name: As problems show it.
        sha256: Of its bytes.
        root: Its mapping; None where it could not be parsed, and the findings say why.
        findings: To be filled on.
        figures: Which figures its texts name.
        passages: Every scalar that a loader has read so far, in that order.
    """

    name: str
    sha256: str
    root: Fields | None
    findings: Findings
    figures: Figures
    passages: list[Passage]


def read(path: Path, name: str | None = None, figures: Mapping[str, str] | None = None) -> File:
    """Read and parse one file.

    Args:
        path: The file.
        name: How problems call it; the file's own name by default.
        figures: What ids in braces stand for.

    Raises:
        Unreadable: The operating system does not give it to us.
    """
    return parse(content_bytes(path), name or path.name, figures)


def content_bytes(path: Path) -> bytes:
    """The bytes of a content file; of a larger one the first ``LARGEST_FILE + 1``.

    Raises:
        Unreadable: The operating system does not give it to us.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable(path, os.strerror(errno.EINVAL))
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(path, getattr(error, "strerror", None) or "error") from error


def parse(data: bytes, name: str, figures: Mapping[str, str] | None = None) -> File:
    """Parse a file's bytes; the arguments are those of ``read``."""
    findings = Findings(name)
    known = Figures(figures or {})
    passages: list[Passage] = []
    root = None
    if len(data) > LARGEST_FILE:
        findings.add(0, "file-too-large", largest=LARGEST_FILE)
    else:
        root = _parse(data, findings, known, passages)
    return File(findings.file, hashlib.sha256(data).hexdigest(), root, findings, known, passages)


def _parse(data: bytes, findings: Findings, figures: Figures, passages: list[Passage]) -> Fields | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.add(data[: error.start].count(b"\n") + 1, "not-utf8")
        return None
    try:
        if not shape_allowed(text, findings):
            return None
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = getattr(error.problem_mark or error.context_mark, "line", -1) + 1
        findings.add(line, "not-yaml", why=error.problem or "")
        return None
    except yaml.YAMLError as error:
        position = getattr(error, "position", None)
        line = text[:position].count("\n") + 1 if isinstance(position, int) else 0
        findings.add(line, "not-yaml", why="")
        return None
    if not isinstance(node, yaml.MappingNode):
        findings.add(1, "mapping-expected", key="")
        return None
    return Fields(node, findings, figures, passages)
