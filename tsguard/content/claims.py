"""Statements that sound more official than their source allows.

Four rules, each on one sentence (up to 。！？；):

- **Never** (``official-claim``): 官方标准, 法定评分, 权威认证 and the like. There is no such thing for
  trade-secret assessments, so only a sentence that denies it (非官方, 没有官方标准, 官方评分表未查到)
  may name it. A programme that says of itself ``official: yes`` is excepted.
- **Binding words** (``binding-claim``): 法律规定, 法定, 强制要求, 明令 and the like stand only in an item
  that cites at least one article of a law, interpretation, regulation or rule which we have seen and
  which is not cited as 参照. Denied ones (不是法定期限, 并非强制要求) and 法定代表人, 法定节假日 are free.
- **A named law is cited** (``law-not-cited``): where a sentence says what a source of the library
  provides, the item cites that source; 司法解释 stands for any interpretation. A sentence says so when
  the name follows 按, 依, 根据 or 受, or when a verb such as 规定, 要求, 禁止, 列为 follows within the
  clause. A source that is merely named (对照126号令更新制度) needs no citation; plans and cases go by
  names that others share, so they are left out.
- **Hedged** (``law-not-hedged``): where none of the item's citations of that source has been seen, such a
  sentence says how we know (据公开材料, 据报道, 官方媒体, 待核) or that it is for orientation (参照, 参考,
  为准).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tsguard.domain.basis import Citation, Source, SourceKind, SourceStatus

_SENTENCE = re.compile("[^。！？；]+")
_NEVER = re.compile(
    "官方(?:标准|评分|认定|认证|指定|认可的?(?:标准|评分)|分值|打分)|法定(?:评分|分值|打分|评级)|国家(?:标准)?评分|国家级认证"
    "|权威认证|主管部门(?:要求|认可|指定|规定)|(?:市场)?监管局(?:要求|规定|指定|认可)|政府(?:指定|认证|认可)"
)
_DENIED = re.compile(
    "非(?!常)|没|未(?!来)|无(?![需须疑论])|不是|不等于|不代表|不算|不属|不得|不能|不要|不称|都不|取代不了|冒充"
)
_BINDING = re.compile(
    "法律(?:规定|要求|强制|明确|禁止)|依法必须|必须依法|强制性?(?:要求|规定|标准|义务|条款)|国家(?:规定|强制)"
    "|法定(?!代表|节假日|假日|休假|继承|货币|名称)|明令"
)
_DENIED_BEFORE = re.compile("(?:非|不是|不属于?|不算|不等于|没有|无)[^，。；]{0,4}$")
_BY = re.compile("(?:按照?|依照?|根据|受)《?$")
_PROVIDES = re.compile(
    "》?[^，。；！？]{0,14}?(?:规定|要求|禁止|不许|不得|只许|只准|允许|明确|写明|明列|列明|列为|列有|列出|列举|追究|约束"
    "|认可|提到|点到|计赔|留的|把|对|设有|支持|指出|认为|讲的)"
)
_HEDGE = re.compile(
    "据[^，。；]{0,6}(?:报道|公开|材料|资料|介绍|转述)|官方媒体|待核|待对照|尚待|参照|参考|为准|推算|一般认为"
)
_INTERPRETATION = "司法解释"
_BINDING_KINDS = frozenset(
    {SourceKind.LAW, SourceKind.INTERPRETATION, SourceKind.REGULATION, SourceKind.RULE}
)
_SHORTEST_NAME = 2
_ONLY_FOR_ORIENTATION = "参照"
_NAMED_BY_OTHERS = frozenset({SourceKind.POLICY, SourceKind.CASE})
"""Their short names (试点方案, 香兰素案) may well mean another plan or case in a text."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that goes too far.

    Attributes:
        code: Of the problem.
        found: The words, or the name of the source.
    """

    code: str
    found: str


class Names:
    """How texts name the sources of a library."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources: dict[str, frozenset[str]] = {}
        for source in sources:
            if source.kind in _NAMED_BY_OTHERS:
                continue
            for name in _names(source):
                self._sources[name] = self._sources.get(name, frozenset()) | {source.id}
            if source.kind is SourceKind.INTERPRETATION:
                known = self._sources.get(_INTERPRETATION, frozenset())
                self._sources[_INTERPRETATION] = known | {source.id}
        longest_first = sorted(self._sources, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def provided(self, sentence: str) -> Iterator[tuple[str, frozenset[str]]]:
        """The names of a sentence that says what their sources provide, with the sources they may mean."""
        for match in self._pattern.finditer(sentence):
            before, after = sentence[: match.start()], sentence[match.end() :]
            if _BY.search(before) or _PROVIDES.match(after):
                yield match[0], self._sources[match[0]]


def _names(source: Source) -> set[str]:
    """The names by which a text may call a source: its short and full title and its number."""
    title = source.title.removeprefix("中华人民共和国")
    names = {source.title, title, title.removeprefix("促进"), source.id.replace("ISO ", "ISO/IEC ")}
    if not source.id.startswith("解释"):
        names.add(source.id)
    if "号" in source.number:
        names.add(source.number)
    return {name for name in names if len(name) >= _SHORTEST_NAME}


def official_claims(text: str) -> Iterator[Claim]:
    """What a text calls official or authoritative without denying it."""
    for sentence in _SENTENCE.findall(text):
        match = _NEVER.search(sentence)
        if match and not _DENIED.search(sentence):
            yield Claim("official-claim", match[0])


def legal_claims(
    text: str, citations: Sequence[Citation], sources: dict[str, Source], names: Names
) -> Iterator[Claim]:
    """What a text of an item says of the law beyond what the item's citations carry.

    Args:
        text: Of the item.
        citations: Of the item.
        sources: The library, by id.
        names: Made of the same library.
    """
    for sentence in _SENTENCE.findall(text):
        word = _BINDING.search(sentence)
        if word and not _DENIED_BEFORE.search(sentence[: word.start()]) and not _binds(citations, sources):
            yield Claim("binding-claim", word[0])
        for name, meant in names.provided(sentence):
            cited = [each for each in citations if each.source in meant]
            if not cited:
                yield Claim("law-not-cited", name)
            elif not _HEDGE.search(sentence) and not any(_seen(each, sources) for each in cited):
                yield Claim("law-not-hedged", name)


def _binds(citations: Iterable[Citation], sources: dict[str, Source]) -> bool:
    return any(
        sources[each.source].kind in _BINDING_KINDS
        and _seen(each, sources)
        and _ONLY_FOR_ORIENTATION not in each.remark
        for each in citations
        if each.source in sources
    )


def _seen(citation: Citation, sources: dict[str, Source]) -> bool:
    source = sources.get(citation.source)
    return source is not None and source.status_of(citation.article) is SourceStatus.SEEN
