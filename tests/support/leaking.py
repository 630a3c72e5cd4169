"""Companies whose secrets stand where they must not: in every field of a submission that takes free words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from random import Random

import opencc

from support.checklists import make_checklist, make_item, make_module, make_programme
from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.disclosure import Guard, Level, guard_of
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.enterprise import District, Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.leaks import Part, Place
from tsguard.domain.programme import FieldKind, FormField, FormGroup
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.domain.snapshot import Snapshot
from tsguard.report.guard.normalise import SOFT
from tsguard.report.guard.passages import Passage, Readout
from tsguard.services.dossier import build_document
from tsguard.services.leak_guard import LeakGuard

ON = date(2026, 11, 23)
PRINTED = (
    "enterprise_type", "legal_representative", "registered_address", "business_address", "district_other",
    "park", "registered_capital", "lead", "lead_post", "department", "contact_name",
)  # fmt: skip
"""Fields of the profile that take any words and stand in the form."""
PRINTING = (DocumentKind.APPLICATION, DocumentKind.REPORT, DocumentKind.RECTIFICATION)
"""Documents in which all of them stand."""
_NAMING = frozenset({"legal_representative", "lead", "contact_name"})
"""Fields that name persons openly: who stands there is protected no more."""
_LETTERS = "鲸鹤岚砚霁澜琥珀麒麟翎雁芷蓟钰璟骅鹭汐焱𬭎㵘䶮𠮷电车门马龙严发丽亚东黄齐鱼"
_LATIN = "KQXZ7895"
_BEFORE = ("", "", "本公司", "目前由", "用于（", "含", "VIP ", "已经把“", "第3批")
_AFTER = ("", "", "保存在别处", "负责", "）等", "，按季更新", " V3", "”交出去", "一式两份")


def full_width(text: str, _random: Random) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def traditional(text: str, _random: Random) -> str:
    return "".join(_converter().convert(each) for each in text)


def spaced(text: str, random: Random) -> str:
    return random.choice((" ", "\u3000", "\u00a0", "\u2009")).join(text)


def broken(text: str, random: Random) -> str:
    at = random.randrange(1, len(text))
    return f"{text[:at]}\n{text[at:]}"


def decomposed(text: str, _random: Random) -> str:
    return unicodedata.normalize("NFD", text)


def interspersed(text: str, random: Random) -> str:
    return random.choice(("\u200b", "\u2060", "\ufeff", "\u00ad", "·", "-", "—")).join(text)


def other_case(text: str, _random: Random) -> str:
    return text.swapcase()


VARIANTS: tuple[Callable[[str, Random], str], ...] = (
    lambda text, _random: text, full_width, traditional, spaced, broken, decomposed, interspersed, other_case,
)  # fmt: skip


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@dataclass(frozen=True, slots=True)
class Planted:
    """A company, and where which of its secrets was planted.

    Attributes:
        snapshot: Of its vault.
        plants: Sources with the fields that they were planted in.
    """

    snapshot: Snapshot
    plants: tuple[tuple[str, str], ...]


def seeded(seed: int) -> Random:
    """Chance that can be repeated."""
    return Random(seed)  # noqa: S311 - no secret hangs on it


def word(random: Random, least: int, most: int = 12) -> str:
    """A word that no checklist has."""
    letters = [random.choice(_LETTERS) for _each in range(random.randint(least, most))]
    if len(letters) > 3 and random.random() < 0.3:
        letters[random.randrange(len(letters))] = random.choice(_LATIN)
    return "".join(letters)


def _new_word(random: Random, least: int, known: Iterable[str]) -> str:
    """One that is in none of the others, nor they in it: a hit is told of one source."""
    text = word(random, least)
    while any(text in each or each in text for each in known):
        text = word(random, least)
    return text


def secrets(random: Random) -> tuple[tuple[object, ...], dict[str, str]]:
    """Records with a word in every protected field, and the words by their source."""
    found: dict[str, str] = {}

    def filled(record: object, kind: str, number: str) -> object:
        values: dict[str, object] = {}
        for each in fields(record):  # type: ignore[arg-type]
            rule = guard_of(type(record), each.name)
            if rule.guard in {Guard.WORD, Guard.NAME, Guard.PEOPLE, Guard.PROSE, Guard.FILE}:
                text = _new_word(
                    random, 2 if rule.guard in {Guard.WORD, Guard.NAME, Guard.PEOPLE} else 6, found.values()
                )
                found[f"{kind}/{number}/{each.name}"] = text
                values[each.name] = f"{text}.pdf" if rule.guard is Guard.FILE else text
        return replace(record, **values)  # type: ignore[type-var]

    records = (
        filled(Enterprise(id="e", name="某某公司", district=District.OTHER), "enterprise", "e"),
        filled(SecretPoint(id="SP-0001", enterprise="e"), "secret_point", "SP-0001"),
        filled(
            Evidence("E-01", "e", sha256="ab" * 32, items=("ORG-01",), tier=Tier.CORE), "evidence", "E-01"
        ),
        filled(Answer("ORG-02", Verdict.NOT_APPLICABLE, ask_again=ON), "answer", "ORG-02"),
        filled(Rectification(id="R-0001", item="ORG-01", due=ON, opened_on=ON), "rectification", "R-0001"),
    )
    return records, found


def company(random: Random) -> Planted:
    """A company with its words, each planted in one field of a submission, in one of the variants."""
    (enterprise, point, evidence, answer, task), words = secrets(random)
    sources = list(words)
    others = [each for each in sources if not each.endswith(("/ask_whom", "/owner", "/checker"))]
    plants: list[tuple[str, str]] = []

    def planted(place: str) -> str:
        source = random.choice(others if place in _NAMING else sources)
        text = words[source]
        for variant in random.sample(VARIANTS, random.randint(1, 2)):
            text = variant(text, random)
        plants.append((source, place))
        return f"{random.choice(_BEFORE)}{text}{random.choice(_AFTER)}"

    enterprise = replace(enterprise, **{name: planted(name) for name in PRINTED})
    checklist = make_checklist(make_module({"ORG": [make_item("ORG-01"), make_item("ORG-02")]}))
    asked = (
        FormField("", "一句话", required=False, ask="one"),
        FormField("", "一段话", required=False, ask="long", kind=FieldKind.LONG_TEXT),
    )
    profile = tuple(FormField(name, f"栏{at}", required=False) for at, name in enumerate(PRINTED))
    group = FormGroup("全部", (*profile, *asked))
    snapshot = Snapshot(
        enterprise=enterprise,
        assessment=Assessment(
            "a",
            "e",
            "2026年度自评",
            ON,
            ON,
            (),
            checklist,
            replace(make_programme({"ORG": 100}), form=(group,)),
        ),
        answers={"ORG-02": replace(answer, reason=planted("reason"))},
        evidence=(replace(evidence, title=planted("title")),),
        secret_points=(point,),
        journal_head="ab" * 32,
        taken_at=datetime(2026, 11, 23, tzinfo=UTC),
        form={
            "one": FormValue("a", "one", planted("one").replace("\n", "")),
            "long": FormValue("a", "long", planted("long")),
        },
        rectifications=(replace(task, measures=planted("measures"), department=planted("department of it")),),
    )
    return Planted(snapshot, tuple(plants))


def found_in_texts(planted: Planted, kinds: Iterable[DocumentKind] = PRINTING) -> frozenset[str]:
    """Sources of the hits in what the documents of a company say, before they are drawn."""
    guard = LeakGuard(planted.snapshot)
    found: set[str] = set()
    for kind in kinds:
        edition = Edition(kind, Level.SUBMISSION)
        text = SOFT.join(build_document(planted.snapshot, edition, ON).texts())
        readout = Readout((Passage(Place(Part.PAGE, 1), text),))
        found.update(hit.source for hit in guard.among(readout, edition))
    return frozenset(found)


def typed_texts(snapshot: Snapshot) -> list[str]:
    """What of a submission a person typed."""
    return [
        *(getattr(snapshot.enterprise, name) for name in PRINTED),
        snapshot.enterprise.contact_phone,
        *(answer.reason for answer in snapshot.answers.values()),
        *(piece.title for piece in snapshot.evidence),
        *(value.value for value in snapshot.form.values()),
        *(text for task in snapshot.rectifications for text in (task.measures, task.department)),
    ]
