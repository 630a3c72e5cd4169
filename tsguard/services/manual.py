"""The manual that ships with the program: chapters of Markdown, their headings, and a search in them.

It must not know how a chapter is shown, and a chapter's remarks for its reviewers (HTML comments, which
name the tests behind its promises) are no part of what a reader gets.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from tsguard import assets

LANGUAGE = "zh_CN"

_REMARK = re.compile(r"[ \t]*<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,3}) (.+)")
_FENCE = "```"
_LEAD = re.compile(r"^\s*(?:#+|-|\d+\.) ")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARK = re.compile(r"`|\*\*")
_RULE = re.compile(r"[-|: ]+")
_AROUND = 18
"""Characters of a line that are shown before what was found."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a chapter.

    Attributes:
        level: 1 for the chapter's own title, to 3.
        title: Without marks.
    """

    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter.

    Attributes:
        name: Of its file, as links give it, such as ``02-passphrase.md``.
        title: Its first heading.
        text: Markdown without remarks.
        headings: All of them, the title first.
    """

    name: str
    title: str
    text: str = field(repr=False)
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A line that has what was searched.

    Attributes:
        chapter: The chapter's name.
        heading: The heading it stands under.
        line: The line in plain words, cut so that the hit is near its start.
    """

    chapter: str
    heading: str
    line: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters in their order, read once; as ``read_chapters``."""
    return read_chapters()


def read_chapters() -> tuple[Chapter, ...]:
    """The chapters in their order, as they lie on the disk now.

    Raises:
        FileNotFoundError: The program is incomplete.
    """
    folder = assets.resources() / "manual" / LANGUAGE
    read = tuple(
        _chapter(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))
    )
    if not read:
        message = f"the program is incomplete: {folder} has no chapters"
        raise FileNotFoundError(message)
    return read


def _chapter(name: str, source: str) -> Chapter:
    text = _REMARK.sub("", source)
    headings = tuple(heading for heading, _line in _lines(text) if heading is not None)
    return Chapter(name, headings[0].title if headings else name, text, headings)


def search(words: str) -> tuple[Found, ...]:
    """The lines that have all the words, in the order of the manual; none for no words.

    Args:
        words: As typed; small and capital, full-width and half-width letters are the same.
    """
    wanted = _plain(words).split()
    if not wanted:
        return ()
    found = []
    for chapter in chapters():
        at = chapter.title
        for heading, line in _lines(chapter.text):
            if heading is not None:
                at = heading.title
            plain = _shown(line)
            compared = _plain(plain)
            if plain and all(word in compared for word in wanted):
                found.append(Found(chapter.name, at, _cut(plain, compared.find(wanted[0]))))
    return tuple(found)


def _lines(text: str) -> list[tuple[Heading | None, str]]:
    """Each line, with the heading that it is."""
    lines: list[tuple[Heading | None, str]] = []
    in_code = False
    for line in text.splitlines():
        if line.startswith(_FENCE):
            in_code = not in_code
            continue
        match = None if in_code else _HEADING.fullmatch(line)
        heading = Heading(len(match[1]), _shown(match[2])) if match else None
        lines.append((heading, line))
    return lines


def _shown(line: str) -> str:
    """A line of Markdown as a person reads it; the cells of a table's row are parted by a comma."""
    if line.startswith("|"):
        return "" if _RULE.fullmatch(line) else "，".join(_shown(cell) for cell in line.strip("|").split("|"))
    return _MARK.sub("", _LINK.sub(r"\1", _LEAD.sub("", line))).strip()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _cut(line: str, at: int) -> str:
    return f"…{line[at - _AROUND :]}" if at > 2 * _AROUND else line
