"""A company at three sizes: with nothing in it, the sample, and everything at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from support.vaults import PASSPHRASE, QUICK, TODAY, new_session
from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.programme import FieldKind
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import Category, Origin, SecretPoint
from tsguard.domain.snapshot import Snapshot
from tsguard.services.content import shipped
from tsguard.services.sample import create_sample

POINTS, PIECES, TASKS = 1000, 500, 200
NOTE_LENGTH, NAME_LENGTH = 4000, 200
RARE = "𬭎㵘䶮𠮷"
_SENTENCE = (
    "第{number}项：现状与第二十四条、§5.2的要求有差距，2026年11月23日前由{rare}某完成，预算1,900元（占30%）。"
)


def empty(folder: Path) -> Snapshot:
    """A vault in which a sector was chosen and nothing else done."""
    session = new_session(folder, "XIC", name="珠")
    try:
        return session.snapshot()
    finally:
        session.close()


def sample(folder: Path) -> Snapshot:
    """The sample company."""
    folder.mkdir(parents=True, exist_ok=True)
    session = create_sample(folder / "示例.tsg", PASSPHRASE, today=lambda: TODAY, profiles=QUICK)
    try:
        return session.snapshot()
    finally:
        session.close()


def huge(
    *, points: int = POINTS, pieces: int = PIECES, tasks: int = TASKS, note: int = NOTE_LENGTH
) -> Snapshot:
    """All nine modules, every answer with a long note, and registers as full as they get.

    Args:
        points: How many secret points.
        pieces: How many pieces of evidence, every tenth on paper.
        tasks: How many rectification tasks.
        note: Characters of each note.
    """
    shelf = shipped()
    modules = tuple(key for key in shelf.modules if key != "core")
    checklist, programme = shelf.freeze(modules), shelf.programme("sample")
    items = [item.id for item in checklist.items()]
    return Snapshot(
        enterprise=_enterprise(),
        assessment=Assessment(
            "a", "e", long_name("2026年度自评"), TODAY, TODAY, modules, checklist, programme
        ),
        answers={item: _answer(item, number, note) for number, item in enumerate(items)},
        evidence=tuple(_piece(number, items) for number in range(1, pieces + 1)),
        secret_points=tuple(_point(number) for number in range(1, points + 1)),
        journal_head="ab" * 32,
        taken_at=datetime(2026, 11, 23, tzinfo=UTC),
        form={
            field.ask: FormValue("a", field.ask, long_text(field.ask, 2000))
            for field in programme.fields()
            if field.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT} and field.ask
        },
        rectifications=tuple(_task(number, items) for number in range(1, tasks + 1)),
    )


def content_of(number: int, pages: int = 1) -> bytes:
    """A PDF of some pages for a piece of evidence."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=True)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 40)
        canvas.drawString(72, 600, f"piece {number}, page {page}")
        canvas.rect(72, 72, 300, 200 + number % 300, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def contents(piece: str) -> Iterator[bytes]:
    """Of a piece of the huge company, by its id."""
    yield _content(int(piece.removeprefix("E-")))


@cache
def _content(number: int) -> bytes:
    return content_of(number)


def long_text(seed: object, length: int) -> str:
    """Sentences with what lines may not be broken in, exactly so long."""
    text = ""
    number = 0
    while len(text) < length:
        number += 1
        text += _SENTENCE.format(number=f"{seed}-{number}", rare=RARE[number % len(RARE)])
        text += "\n" if number % 7 == 0 else ""
    return text[:length]


def long_name(stem: str) -> str:
    """A name of the longest sort, with rare characters in it."""
    return (stem + f"{RARE}微电子科技（珠海横琴）股份有限公司" * 12)[:NAME_LENGTH]


def _enterprise() -> Enterprise:
    return Enterprise(
        id="e",
        name=long_name("珠海"),
        credit_code="91440400MA00000000",
        legal_representative=long_name("甲"),
        registered_address=long_name("香洲区"),
        business_address=long_name("高新区"),
        founded_on=date(2019, 4, 16),
        registered_capital="1,900万元",
        staff=1860,
        rd_staff=900,
        secret_staff=420,
        lead=long_name("乙"),
        lead_post="副总经理",
        department=long_name("保密办"),
        secrecy_staff=12,
        contact_name=long_name("丙"),
        contact_phone="0756-0000000",
        note=long_text("企业", NOTE_LENGTH),
    )


def _answer(item: str, number: int, length: int) -> Answer:
    verdict = list(Verdict)[number % len(Verdict)]
    excused = verdict is Verdict.NOT_APPLICABLE
    return Answer(
        item,
        verdict,
        note=long_text(item, length),
        reason=long_text(item, 200) if excused else "",
        ask_again=date(2027, 6, 30) if excused else None,
        ask_whom=long_name("丁") if verdict is Verdict.UNKNOWN else "",
        flagged=number % 9 == 0,
    )


def _piece(number: int, items: list[str]) -> Evidence:
    paper = number % 10 == 0
    piece = Evidence(
        f"E-{number:02d}",
        "e",
        f"佐证{number}：{long_name('保密协议')}"[:NAME_LENGTH],
        tuple(items[(number * step) % len(items)] for step in (1, 7, 31)),
        dated=TODAY - timedelta(days=number),
        expires=TODAY + timedelta(days=number - 60),
        pages=1,
        tier=(None, *Tier)[number % 4],
        redacted=number % 2 == 0,
    )
    if paper:
        return replace(piece, paper_at=f"{number}号柜")
    return replace(
        piece,
        file_name=f"客户{number}.pdf",
        media_type="application/pdf",
        size=1500,
        sha256=f"{number:064x}",
        sm3=f"{number * 7:064x}",
    )


def _point(number: int) -> SecretPoint:
    return SecretPoint(
        f"SP-{number:04d}",
        "e",
        f"代号{number:04d}{RARE}"[: 6 + number % 5] if number % 50 else long_name(f"代号{number}"),
        list(Category)[number % len(Category)],
        f"自定类型{number % 30}",
        list(Tier)[number % len(Tier)],
        list(Origin)[number % len(Origin)],
        TODAY - timedelta(days=number * 3),
        f"第{number}号保密室",
        number % 40,
        TODAY + timedelta(days=number - 500),
        long_text(number, 80),
    )


def _task(number: int, items: list[str]) -> Rectification:
    return Rectification(
        f"R-{number:04d}",
        "e",
        items[(number * 5) % len(items)] if number % 8 else "",
        problem=long_text(f"问题{number}", 400),
        cause=long_text(f"原因{number}", 200),
        measures=long_text(f"措施{number}", 400),
        department=long_name("部门"),
        owner=f"负责人{number}",
        resources=long_text(f"资源{number}", 100),
        due=TODAY + timedelta(days=number - 100),
        opened_on=TODAY - timedelta(days=number),
        note=long_text(f"备注{number}", 200),
    )
