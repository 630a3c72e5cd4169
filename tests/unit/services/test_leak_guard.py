"""The leak guard on real files of real vaults: what it finds, what it leaves alone, and how it says so."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.checklists import make_checklist, make_item, make_module
from support.leaking import ON, PRINTED, PRINTING, VARIANTS, company, found_in_texts, seeded, typed_texts
from support.vaults import PASSPHRASE, QUICK

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level, guard_of
from tsguard.domain.dossier import CHOSEN, Clearance, DocumentKind, Edition, Format, IssuedDocument
from tsguard.domain.leaks import Hit, Part, Place
from tsguard.domain.protection import KINDS, Unsought
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import Cancelled
from tsguard.report.docx import render_docx
from tsguard.report.guard import normalise
from tsguard.report.guard.normalise import Folding, plain
from tsguard.report.guard.passages import IllegibleFile
from tsguard.report.pdf import render
from tsguard.services.dossier import build_document
from tsguard.services.leak_guard import (
    LeakGuard,
    Unread,
    beyond_snapshot,
    place_words,
    protected_in,
    rule_words,
    source_words,
    unsought_words,
)
from tsguard.services.own_words import OwnWords
from tsguard.services.sample import create_sample

REPORT = Edition(DocumentKind.REPORT, Level.SUBMISSION)
INTERNAL = Edition(DocumentKind.REPORT, Level.INTERNAL)
COMMON = (
    "配方", "工艺", "客户名单", "参数", "图纸", "版图", "源代码", "模具", "日志", "权限", "平面图",
    "样品", "价格", "供应商", "研发", "技术信息", "经营信息", "保密协议", "访问权限", "生产工艺",
    "设备", "检查记录", "整改", "等级", "涉密人员", "竞业限制", "研发数据与实验记录", "核心秘点的存放位置",
)  # fmt: skip
"""Names as people give them, all of which stand in the checklist or on the form, too."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    path = tmp_path_factory.mktemp("sample") / "x.tsg"
    session = create_sample(path, PASSPHRASE, profiles=QUICK, today=lambda: ON)
    try:
        return session.snapshot()
    finally:
        session.close()


@pytest.fixture(scope="module")
def pdf(sample: Snapshot) -> Callable[[Edition], bytes]:
    made: dict[Edition, bytes] = {}

    def make(edition: Edition) -> bytes:
        if edition not in made:
            made[edition] = render(build_document(sample, edition, ON)).data
        return made[edition]

    return make


def with_points(snapshot: Snapshot, *names: str) -> Snapshot:
    points = tuple(SecretPoint(id=f"SP-9{at:03}", name=name) for at, name in enumerate(names))
    return replace(snapshot, secret_points=points)


def look(
    snapshot: Snapshot, data: bytes, edition: Edition = REPORT, file_name: str = "示例.pdf"
) -> tuple[Hit, ...]:
    return LeakGuard(snapshot).inspect(data, format=Format.PDF, edition=edition, file_name=file_name)


SUBMITTED = list(CHOSEN)


@pytest.mark.parametrize("kind", SUBMITTED)
def test_the_sample_betrays_nothing(sample, pdf, kind):
    edition = Edition(kind, Level.SUBMISSION)
    assert look(sample, pdf(edition), edition) == ()


@pytest.mark.parametrize("kind", SUBMITTED)
def test_common_words_as_names_are_found_only_where_somebody_typed_them(sample, pdf, kind):
    """A false alarm is a hit in what the checklist and the program say, and in nothing that was typed."""
    edition = Edition(kind, Level.SUBMISSION)
    typed = [plain(text) for text in typed_texts(sample)]
    for hit in look(with_points(sample, *COMMON), pdf(edition), edition):
        word = plain(hit.quote[hit.start : hit.start + hit.length])
        assert any(word in each for each in typed), f"{hit.place}: {hit.quote}"


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_whatever_is_planted_is_found_in_what_the_documents_say(random):
    planted = company(random)
    assert {source for source, _place in planted.plants} <= found_in_texts(planted)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_planted_is_found_in_the_finished_pdf(seed):
    planted = company(seeded(seed))
    guard, found = LeakGuard(planted.snapshot), set()
    for kind in PRINTING:
        edition = Edition(kind, Level.SUBMISSION)
        data = render(build_document(planted.snapshot, edition, ON)).data
        hits = guard.inspect(data, format=Format.PDF, edition=edition, file_name="示例.pdf")
        assert all(hit.kind is kind for hit in hits)
        found |= {hit.source for hit in hits}
    assert {source for source, _place in planted.plants} <= found


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_planted_is_found_in_the_finished_docx(seed):
    planted = company(seeded(seed))
    guard, found = LeakGuard(planted.snapshot), set()
    for kind in PRINTING:
        edition = Edition(kind, Level.SUBMISSION)
        data = render_docx(build_document(planted.snapshot, edition, ON))
        hits = guard.inspect(data, format=Format.DOCX, edition=edition, file_name="示例.docx")
        found |= {hit.source for hit in hits}
    assert {source for source, _place in planted.plants} <= found


def test_every_free_field_of_a_submission_was_planted():
    """A field that can take words and is not tried proves nothing; ids, digits and days take none."""
    company_fields = {each.name for each in fields(KINDS["enterprise"]) if each.type == "str"}
    assert company_fields - set(PRINTED) == {"id", "name", "credit_code", "contact_phone", "note"}
    places = {place for seed in range(3) for _source, place in company(seeded(seed)).plants}
    assert places == {*PRINTED, "reason", "title", "one", "long", "measures", "department of it"}


STEPS = {
    "simplified": ("simplified_forms", dict),
    "white space": ("_DROPPED", frozenset({"Cc", "Cf", "Mn", "Me", "Pd"})),
    "unseen": ("_DROPPED", frozenset({"Zs", "Zl", "Zp", "Mn", "Me", "Pd"})),
    "hyphens": ("_DROPPED", frozenset({"Zs", "Zl", "Zp", "Mn", "Me", "Cc", "Cf"})),
}


@pytest.mark.parametrize("step", STEPS)
def test_with_a_step_of_the_normalising_taken_out_plants_are_missed(step, monkeypatch):
    """The planting itself is strong enough to notice."""
    name, replacement = STEPS[step]
    monkeypatch.setattr(normalise, name, replacement)
    monkeypatch.setattr(normalise, "_FOLDED", Folding())
    missed = 0
    for seed in range(20):
        planted = company(seeded(seed))
        missed += len({source for source, _place in planted.plants} - found_in_texts(planted))
        if missed:
            return
    pytest.fail(f"nothing was missed without {step}")


def excused(reason: str, name: str = "蓝鲸", others: int = 0) -> Snapshot:
    """A small company with one secret point, one reason, and other answers before it."""
    base = company(seeded(7)).snapshot
    items = [make_item(f"ORG-{at:02}") for at in range(1, others + 3)]
    checklist = make_checklist(make_module({"ORG": items}))
    filler = {
        item.id: Answer(item.id, Verdict.NOT_APPLICABLE, reason="没有这样的业务活动。" * 9, ask_again=ON)
        for item in items[:-1]
    }
    last = Answer(items[-1].id, Verdict.NOT_APPLICABLE, reason=reason, ask_again=ON)
    return replace(
        base,
        enterprise=KINDS["enterprise"](id="e", name="某某公司"),
        assessment=replace(base.assessment, checklist=checklist),
        answers={**filler, last.item: last},
        secret_points=(SecretPoint(id="SP-0001", name=name),),
        evidence=(),
        form={},
        rectifications=(),
    )


def hits_of(snapshot: Snapshot, edition: Edition = REPORT) -> tuple[Hit, ...]:
    return look(snapshot, render(build_document(snapshot, REPORT, ON)).data, edition)


def test_a_hit_has_the_same_key_at_the_next_export():
    """The page may be another one, and other answers may have come; the passage is the same."""
    reason = "本公司的蓝鲸由外协单位代管，另有约定"
    (hit, *more), again = hits_of(excused(reason)), hits_of(excused(reason, others=40))
    assert {each.key for each in (hit, *more)} == {each.key for each in again}
    assert hit.place.page < again[0].place.page
    assert hit.source == "secret_point/SP-0001/name"
    assert hit.quote[hit.start : hit.start + hit.length] == "蓝鲸"
    assert len(hit.key) == 64
    assert "蓝鲸" not in repr(hit)


def test_another_string_document_or_passage_is_another_hit():
    first = {hit.key for hit in hits_of(excused("本公司的蓝鲸由外协代管"))}
    assert first
    other_kind = Edition(DocumentKind.APPLICATION, Level.SUBMISSION)
    for other in (
        hits_of(excused("本公司的白鹤由外协代管", "白鹤")),
        hits_of(excused("分公司的蓝鲸都由外协代管")),
        hits_of(excused("本公司的蓝鲸由外协代管"), other_kind),
    ):
        assert other
        assert not first & {hit.key for hit in other}


def test_an_internal_edition_is_looked_through_from_outside_only(sample, pdf):
    data = pdf(INTERNAL)
    assert look(sample, data, INTERNAL) == ()
    name = sample.secret_points[0].name
    (hit,) = look(sample, data, INTERNAL, f"甲-{name}-内部版.pdf")
    assert hit.place == Place(Part.FILE_NAME)
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.docinfo["/Keywords"] = name
        target = io.BytesIO()
        opened.save(target)
    (hit,) = look(sample, target.getvalue(), INTERNAL)
    assert hit.place.part is Part.METADATA
    assert len(look(sample, data, REPORT)) > 10, "the same bytes as a submission would betray a lot"


def test_records_beyond_the_snapshot_are_protected_too(sample, pdf):
    more = (
        Answer("OLD-01", note="这一家客户叫蓝鲸海运"),
        Clearance(id="C-0001", key="ab", reason="蓝鲸海运已公开"),
        IssuedDocument(id="D-0001", scan_name="蓝鲸盖章页.jpg"),
    )
    data = pdf(REPORT)
    for name in ("这一家客户叫蓝鲸海运.pdf", "蓝鲸海运已公开.pdf", "蓝鲸盖章页.pdf"):
        assert not LeakGuard(sample).inspect(data, format=Format.PDF, edition=REPORT, file_name=name)
        assert len(
            LeakGuard(sample, more).inspect(data, format=Format.PDF, edition=REPORT, file_name=name)
        ) == 1  # fmt: skip


def test_a_title_is_let_off_where_it_is_listed_and_nowhere_else(sample):
    piece = next(each for each in sample.evidence if each.shows_secret and len(each.title) > 8)
    item = next(item for item, answer in sample.answers.items() if answer.verdict is Verdict.NOT_APPLICABLE)
    answers = {**sample.answers, item: replace(sample.answers[item], reason=f"见{piece.title}一件")}
    snapshot = replace(sample, answers=answers)
    hits = look(snapshot, render(build_document(snapshot, REPORT, ON)).data)
    assert {hit.source for hit in hits} == {f"evidence/{piece.id}/title"}


def test_it_can_be_stopped_and_tells_how_far_it_is(sample, pdf):
    guard, data = LeakGuard(sample), pdf(REPORT)
    with pytest.raises(Cancelled):
        guard.inspect(data, format=Format.PDF, edition=REPORT, file_name="x.pdf", cancelled=lambda: True)
    seen: list[tuple[int, int]] = []
    guard.inspect(
        data,
        format=Format.PDF,
        edition=REPORT,
        file_name="x.pdf",
        progress=lambda done, pages: seen.append((done, pages)),
    )
    assert seen[-1][0] == seen[-1][1] == len(seen)


def test_a_file_that_can_not_be_read_back_never_passes(sample):
    with pytest.raises(IllegibleFile):
        look(sample, b"%PDF-1.7 broken")


@pytest.mark.parametrize(
    ("data", "unread"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", Unread.PICTURE),
        (b"%PDF-1.7 broken", Unread.ILLEGIBLE),
        (b"PK\x03\x04 broken", Unread.ILLEGIBLE),
        ("和蓝鲸无关".encode(), None),
    ],
)
def test_evidence_says_what_was_not_read(sample, data, unread):
    reading = LeakGuard(with_points(sample, "白鹤")).inspect_evidence(data)
    assert (reading.hits, reading.unread) == ((), unread)
    assert "看过再装订" in reading.sentence


def test_evidence_is_read_before_it_is_bound_in(sample, pdf):
    snapshot = with_points(sample, "白鹤")
    (hit,) = LeakGuard(snapshot).inspect_evidence("附件：白 鶴的参数".encode()).hits
    assert hit.kind is DocumentKind.EXHIBITS
    with pikepdf.open(io.BytesIO(pdf(REPORT))) as opened:
        opened.add_blank_page(page_size=(595, 842))
        target = io.BytesIO()
        opened.save(target)
        count = len(opened.pages)
    reading = LeakGuard(snapshot).inspect_evidence(target.getvalue())
    assert reading.mute == (count,)
    assert f"第{count}页" in reading.sentence


def test_own_words_hold_nothing_that_was_typed(sample):
    own = OwnWords(sample)
    typed = {plain(text) for text in typed_texts(sample) if len(text) > 12}
    for kind in DocumentKind:
        words = "\n".join(plain(text) for text in own.of(Edition(kind, Level.SUBMISSION)))
        assert words
        assert not [each for each in typed if each in words]


def test_every_source_and_place_has_words():
    for kind, record in KINDS.items():
        for each in fields(record):
            if guard_of(record, each.name).guard:
                words = source_words(f"{kind}/SP-0001/{each.name}")
                assert words.isascii() is False
                assert "内容" not in words
                assert "其他记录" not in words
    assert source_words("secret_point/SP-0003/name") == "秘点SP-0003的名称"
    assert source_words("later/1/x") == "其他记录的内容"
    said = {place_words(Place(part, page)) for part in Part for page in (0, 3)}
    assert len(said) == 2 * len(Part)
    assert place_words(Place(Part.PAGE, 12)) == "第12页"
    assert place_words(Place(Part.ATTACHMENT, name="assessment.json")) == "附件“assessment.json”"
    assert len({unsought_words(why) for why in Unsought}) == len(Unsought)
    assert rule_words().endswith("。")


def test_protected_strings_of_an_open_vault(tmp_path: Path):
    session = create_sample(tmp_path / "x.tsg", PASSPHRASE, profiles=QUICK, today=lambda: ON)
    try:
        strings = protected_in(session)
        assert {each.source.split("/")[0] for each in strings} >= {"secret_point", "evidence", "answer"}
        assert len(strings) > 100
        assert beyond_snapshot(session) == ()
    finally:
        session.close()


def test_variants_change_what_is_typed_and_not_what_it_is():
    random = seeded(1)
    for variant in VARIANTS[1:]:
        changed = variant("蓝鲸é电A7", random)
        assert changed != "蓝鲸é电A7"
        assert plain(changed) == plain("蓝鲸é电A7")
