"""A sample company's file (``resources/samples/*/sample.yaml``) to values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from tsguard.content.nodes import Fields, File, read
from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import District, Enterprise, Size
from tsguard.domain.evidence import Evidence
from tsguard.domain.rectification import Recheck, Rectification, RectificationSource
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import Category, Origin, SecretPoint
from tsguard.domain.validation import LARGEST_COUNT, LONGEST_TEXT
from tsguard.errors import ContentInvalid


@dataclass(frozen=True, slots=True)
class SampleEvidence:
    """A piece of evidence with its file, which is None for paper."""

    evidence: Evidence
    file: Path | None


@dataclass(frozen=True, slots=True)
class Sample:
    """A fictitious company, complete.

    Attributes:
        title: Its name with 示例.
        enterprise: The profile.
        assessment_title: Such as ``2026年度自评``.
        baseline: The day the answers speak of.
        programme: The programme's id.
        modules: Ids of the chosen modules.
        form: What is filled into the programme's own fields, by their ids.
        secret_points: Without ids.
        evidence: Without ids.
        rectifications: Without ids.
        answers: In the file's order.
    """

    title: str
    enterprise: Enterprise
    assessment_title: str
    baseline: date
    programme: str
    modules: tuple[str, ...]
    form: tuple[tuple[str, str], ...]
    secret_points: tuple[SecretPoint, ...]
    evidence: tuple[SampleEvidence, ...]
    rectifications: tuple[Rectification, ...]
    answers: tuple[Answer, ...]


def load_sample(path: Path) -> Sample:
    """The sample of a file.

    Raises:
        ContentInvalid: With every problem of the file.
        Unreadable: It can't be read.
    """
    file = read(path)
    sample = _sample(file, path.parent) if file.root else None
    if sample is None or file.findings.problems:
        raise ContentInvalid(tuple(file.findings.problems))
    return sample


def _sample(file: File, folder: Path) -> Sample | None:
    root = file.root
    assert root is not None  # noqa: S101 - the caller has looked
    root.text("sample", longest=20)
    root.text("note")
    profile, assessment = root.mapping("enterprise"), root.mapping("assessment")
    sample = Sample(
        title=root.text("title"),
        enterprise=_enterprise(profile) if profile else Enterprise(),
        assessment_title=assessment.text("title") if assessment else "",
        baseline=assessment.day("baseline") if assessment else date.min,
        programme=assessment.text("programme") if assessment else "",
        modules=assessment.texts("modules") if assessment else (),
        form=_form(root.mapping("form", required=False)),
        secret_points=tuple(_point(each) for each in root.mappings("secret_points")),
        evidence=tuple(_evidence(each, folder, file) for each in root.mappings("evidence")),
        rectifications=tuple(_rectification(each) for each in root.mappings("rectifications")),
        answers=tuple(_answer(each) for each in root.mappings("answers")),
    )
    if assessment:
        assessment.finish()
    root.finish()
    return sample


def _form(entry: Fields | None) -> tuple[tuple[str, str], ...]:
    return tuple((name, scalar.text) for name, scalar in entry.pairs()) if entry else ()


def _enterprise(entry: Fields) -> Enterprise:
    values: dict[str, object] = {"sample": True}
    for each in fields(Enterprise):
        if each.name in {"id", "sample"} or not entry.has(each.name):
            continue
        if each.name == "district":
            values[each.name] = entry.choice(each.name, District, District.OTHER)
        elif each.name == "size":
            values[each.name] = entry.choice(each.name, Size, Size.SMALL)
        elif each.name == "founded_on":
            values[each.name] = entry.day(each.name)
        elif each.name in {"staff", "rd_staff", "secret_staff", "secrecy_staff"}:
            values[each.name] = entry.whole(each.name, 0, LARGEST_COUNT)
        else:
            values[each.name] = entry.text(each.name, required=False)
    entry.finish()
    return Enterprise(**values)  # type: ignore[arg-type]


def _optional_day(entry: Fields, key: str) -> date | None:
    scalar = entry.scalar(key, required=False)
    return entry.day(key) if scalar and scalar.text else None


def _optional_count(entry: Fields, key: str) -> int | None:
    scalar = entry.scalar(key, required=False)
    return entry.whole(key, 0, LARGEST_COUNT) if scalar and scalar.text else None


def _point(entry: Fields) -> SecretPoint:
    point = SecretPoint(
        name=entry.text("name"),
        category=entry.choice("category", Category, Category.TECHNICAL),
        kind=entry.text("kind", required=False),
        tier=entry.choice("tier", Tier, Tier.GENERAL),
        origin=entry.choice("origin", Origin, Origin.OWN),
        formed_on=_optional_day(entry, "formed_on"),
        location=entry.text("location", required=False),
        holders=_optional_count(entry, "holders"),
        review_on=_optional_day(entry, "review_on"),
        note=entry.text("note", required=False),
    )
    entry.finish()
    return point


def _evidence(entry: Fields, folder: Path, file: File) -> SampleEvidence:
    name = entry.text("file", required=False)
    path = folder / name if name else None
    if path and not path.is_file():
        file.findings.add(entry.line_of("file"), "missing-file", name=name)
    tier = entry.scalar("tier", required=False)
    piece = Evidence(
        title=entry.text("title"),
        items=entry.texts("items", required=False),
        dated=_optional_day(entry, "dated"),
        expires=_optional_day(entry, "expires"),
        pages=_optional_count(entry, "pages"),
        tier=entry.choice("tier", Tier, Tier.GENERAL) if tier and tier.text else None,
        redacted=entry.yes_no("redacted"),
        paper_at=entry.text("paper_at", required=False),
    )
    entry.finish()
    return SampleEvidence(piece, path)


def _rectification(entry: Fields) -> Rectification:
    task = Rectification(
        item=entry.text("item", required=False),
        source=entry.choice("source", RectificationSource, RectificationSource.ASSESSMENT),
        problem=entry.text("problem", longest=LONGEST_TEXT),
        cause=entry.text("cause", required=False, longest=LONGEST_TEXT),
        measures=entry.text("measures", longest=LONGEST_TEXT),
        department=entry.text("department"),
        owner=entry.text("owner"),
        resources=entry.text("resources", required=False, longest=LONGEST_TEXT),
        due=_optional_day(entry, "due"),
        done_on=_optional_day(entry, "done_on"),
        evidence=entry.text("evidence", required=False),
        checker=entry.text("checker", required=False),
        recheck=entry.choice("recheck", Recheck, Recheck.OPEN) if entry.has("recheck") else Recheck.OPEN,
        checked_on=_optional_day(entry, "checked_on"),
        opened_on=_optional_day(entry, "opened_on"),
        note=entry.text("note", required=False, longest=LONGEST_TEXT),
    )
    entry.finish()
    return task


def _answer(entry: Fields) -> Answer:
    verdict = entry.scalar("verdict", required=False)
    answer = Answer(
        item=entry.text("item"),
        verdict=entry.choice("verdict", Verdict, Verdict.UNKNOWN) if verdict and verdict.text else None,
        note=entry.text("note", required=False, longest=LONGEST_TEXT),
        reason=entry.text("reason", required=False),
        ask_again=_optional_day(entry, "ask_again"),
        ask_whom=entry.text("ask_whom", required=False),
        flagged=entry.yes_no("flagged"),
    )
    entry.finish()
    return answer
