"""The wording of content files: what the structure of a file can't show.

Looks at the passages that the loaders have read; never changes a text, never decides whether a file can
be read. Slips of writing are advice; statements that would mislead are grave (``ContentProblem.grave``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tsguard.content.alike import alike
from tsguard.content.citations import parse_citation
from tsguard.content.claims import Names, legal_claims, official_claims
from tsguard.content.library import Library
from tsguard.content.nodes import File, Passage
from tsguard.content.signs import HAN, slips
from tsguard.content.words import state_secret_mark, traditional_characters, wrong_words
from tsguard.domain.basis import Citation
from tsguard.domain.checklist import Item, Module

_HAN = re.compile(f"[{HAN}]")
_CITED = "basis"
_STARTS_ITEM = "id"
_ENDS_WITH_STOP = frozenset({"why", "small", "critical_why"})
_ENDS_WITHOUT_STOP = frozenset({"text", "how", "evidence", "partial"})
_ITEM_TEXTS = _ENDS_WITH_STOP | _ENDS_WITHOUT_STOP | {"not_applicable_when", "quick"}
_SAID_ONCE = ("text", "why", "how", "evidence", "partial", "small", "critical_why", "quick")
_DECIDES = frozenset({"text", "partial"})
_BRACED = re.compile(r"\{[^}]*\}")
_BARE = re.compile(
    r"(?<![0-9.第])(?!(?:19|20)[0-9]{2}年)[0-9]+(?:\.[0-9]+)?(?:个工作日|个?小时|学时|个月|天|日|年|%|次|件|人|倍)"
    "|(?<!第)[一二两三四五六七八九十百半]+(?:个工作日|个?小时|学时|个月|天)"
)
_LONGEST_EXCERPT = 12
_LONGEST_READ = 1000
"""Characters; a longer text is over every limit, and the file is refused for that."""
_MOST_COMPARED = 3000
"""Texts of one kind; some ten times what ships."""


@dataclass(frozen=True, slots=True)
class _ItemTexts:
    """The texts of one item and what it cites."""

    passages: tuple[Passage, ...]
    citations: tuple[Citation, ...]


def check_wording(file: File, library: Library | None, *, official: bool = False) -> None:
    """Report what is wrong with the wording of one file's texts.

    Args:
        file: A module, a programme or presets, as loaded.
        library: What its items may cite; None where it could not be read, and then nothing is said of
            what a text claims of the law.
        official: Whether the file is a programme that says it is official.
    """
    for passage in file.passages:
        if passage.key != _CITED and len(passage.text) <= _LONGEST_READ and _HAN.search(passage.text):
            _check_passage(passage, file, official=official)
    items = tuple(_items(file.passages))
    for item in items:
        for passage in item.passages:
            _check_ending(passage, file)
            _check_figures(passage, file)
    if library is None or not items:
        return
    names = Names(library.sources.values())
    for item in items:
        for passage in item.passages:
            for claim in legal_claims(passage.text, item.citations, library.sources, names):
                file.findings.add(passage.line, claim.code, key=passage.key, found=claim.found)


def check_alike(files: Sequence[File], beside: Iterable[Module] = ()) -> None:
    """Report texts of items that say the same as an earlier one, in the same file or another.

    Args:
        files: In the order in which the earlier of two counts as the first.
        beside: Modules that were checked before and count as earlier than all files.
    """
    known = [item for module in beside for item in module.items()]
    read = [(file, passage) for file in files for item in _items(file.passages) for passage in item.passages]
    for key in _SAID_ONCE:
        before = [(item.id, text) for item in known for text in _texts(item, key) if text]
        placed = [(file, passage) for file, passage in read if passage.key == key][:_MOST_COMPARED]
        texts = [text for _, text in before] + [passage.text for _, passage in placed]
        for later, earlier in alike(texts):
            if later < len(before):
                continue
            file, passage = placed[later - len(before)]
            if earlier < len(before):
                first = before[earlier][0]
            else:
                other_file, other = placed[earlier - len(before)]
                first = f"{other_file.name}:{other.line}"
            file.findings.advise(passage.line, "said-before", key=key, first=first, found=passage.text)


def _texts(item: Item, key: str) -> tuple[str, ...]:
    """What an item says under a key, as a list whether the key holds one text or several."""
    found: str | tuple[str, ...] = getattr(item, key)
    return (found,) if isinstance(found, str) else found


def _items(passages: Iterable[Passage]) -> Iterator[_ItemTexts]:
    """The items of a file; an item is what stands from one id to the next and has a requirement."""
    group: list[Passage] = []
    for passage in passages:
        if passage.key == _STARTS_ITEM:
            yield from _item(group)
            group = []
        group.append(passage)
    yield from _item(group)


def _item(group: Sequence[Passage]) -> Iterator[_ItemTexts]:
    texts = tuple(each for each in group if each.key in _ITEM_TEXTS and 0 < len(each.text) <= _LONGEST_READ)
    cited = (parse_citation(each.text) for each in group if each.key == _CITED)
    if group and group[0].key == _STARTS_ITEM and any(each.key == "why" for each in texts):
        yield _ItemTexts(texts, tuple(citation for citation in cited if citation))


def _check_passage(passage: Passage, file: File, *, official: bool) -> None:
    findings, text = file.findings, passage.text
    for code, found in slips(text):
        findings.advise(passage.line, code, key=passage.key, found=found)
    for found, right in wrong_words(text):
        findings.advise(passage.line, "wrong-word", key=passage.key, found=found, right=right)
    if found := traditional_characters(text):
        findings.advise(passage.line, "traditional-character", key=passage.key, found=found)
    if passage.key != "name" and (found := state_secret_mark(text)):
        findings.add(passage.line, "state-secret-mark", name=found)
    for claim in () if official else official_claims(text):
        findings.add(passage.line, claim.code, key=passage.key, found=claim.found)


def _check_ending(passage: Passage, file: File) -> None:
    stopped = passage.text.endswith("。")
    if passage.key in _ENDS_WITH_STOP and not stopped:
        file.findings.advise(passage.line, "no-full-stop", key=passage.key, found=_end(passage.text))
    elif passage.key in _ENDS_WITHOUT_STOP and stopped:
        file.findings.advise(passage.line, "full-stop-at-end", key=passage.key, found=_end(passage.text))


def _check_figures(passage: Passage, file: File) -> None:
    """Report a figure that decides on a verdict and is written out."""
    if passage.key in _DECIDES and (match := _BARE.search(_BRACED.sub("{}", passage.written))):
        file.findings.advise(passage.line, "bare-figure", key=passage.key, found=match[0])


def _end(text: str) -> str:
    return text[-_LONGEST_EXCERPT:]
