"""Ways in which a careful person's own words nearly got out: each was a leak once, or must stay none."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from support.checklists import make_checklist, make_item, make_module
from support.leaking import ON, company, seeded

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition, Format
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.leaks import Hit, Part, Place
from tsguard.domain.programme import FormField, FormGroup
from tsguard.domain.protection import Unsought
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import SecretPoint, SecretPointType
from tsguard.domain.snapshot import Snapshot
from tsguard.report.guard.passages import Passage, Readout
from tsguard.report.pdf import render
from tsguard.services.dossier import build_document
from tsguard.services.leak_guard import LeakGuard, protected

REPORT = Edition(DocumentKind.REPORT, Level.SUBMISSION)
APPLICATION = Edition(DocumentKind.APPLICATION, Level.SUBMISSION)


def state(reason: str, *points: SecretPoint, **more: object) -> Snapshot:
    """A small company with one reason."""
    base = company(seeded(7)).snapshot
    item = make_item("ORG-01")
    given = {
        "enterprise": Enterprise(id="e", name="某某公司"),
        "assessment": replace(base.assessment, checklist=make_checklist(make_module({"ORG": [item]}))),
        "answers": {"ORG-01": Answer("ORG-01", Verdict.NOT_APPLICABLE, reason=reason, ask_again=ON)},
        "secret_points": points,
        "evidence": (),
        "form": {},
        "rectifications": (),
    }
    return replace(base, **{**given, **more})


def named(*names: str) -> tuple[SecretPoint, ...]:
    return tuple(SecretPoint(id=f"SP-{at:04}", name=name) for at, name in enumerate(names, 1))


def in_text(snapshot: Snapshot, text: str, edition: Edition = REPORT) -> tuple[Hit, ...]:
    return LeakGuard(snapshot).among(Readout((Passage(Place(Part.PAGE, 1), text),)), edition)


def in_pdf(snapshot: Snapshot, edition: Edition = REPORT) -> tuple[Hit, ...]:
    data = render(build_document(snapshot, edition, ON)).data
    return LeakGuard(snapshot).inspect(data, format=Format.PDF, edition=edition, file_name="示例.pdf")


# --- other spellings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("蓝鲸七号", "蓝鲸(七号)"),
        ("蓝鲸（七号）", "蓝鲸七号"),
        ("蓝鲸七号", "“蓝鲸”七号"),
        ("蓝鲸七号", "蓝鲸7号"),
        ("蓝鲸7号", "蓝鲸 七 号"),
        ("第3代电解液", "第三代电解液"),
        ("蓝鲸七号", "蓝鲸-７号"),
        ("蓝鲸七号配方（2024版）", "蓝鲸七号配方"),
        ("电解液配方、隔膜涂布参数", "隔膜涂布参数"),
        ("高精度伺服电机控制算法源代码", "高精度伺服电机控制算法源程序"),
        ("XA-12", "ХА-12"),
        ("AB5 5μm涂层", "АВ5 5um 涂层"),
        ("单价1900元", "单价1,900元"),
        ("单价1900元", "单价1，900元"),
        ("10×20型", "10x20型"),
        ("线宽5nm", "线宽 5 nm"),
        ("V2", "V2一般不用"),
        ("三七", "用三七做的"),
        ("SP管理法", "ＳＰ管理法"),
        ("SP-0099", "sp0099"),
    ],
)
def test_another_spelling_is_found(name, typed):
    hits = in_text(state("", *named(name)), f"本公司的{typed}在外协处")
    assert {hit.source for hit in hits} == {"secret_point/SP-0001/name"}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("三七", "符合率37%"),
        ("一号", "1号楼"),
        ("二号线", "12号线"),
        ("7号炉", "十七号炉"),
        ("配方", "已支配。方法另定"),
        ("蓝鲸1.5度", "蓝鲸15度"),
    ],
)
def test_what_only_looks_alike_is_not(name, typed):
    assert in_text(state("", *named(name)), f"本公司的{typed}在外协处") == ()


@pytest.mark.parametrize(
    "holder",
    [
        "张三经理", "张三（研发部）", "研发部张三", "研发部的张三经理", "张三和李四", "李四、张三等3人",
        "张三等三人", "保管人：张三", "张三13800001111", "李和平与张三", "问张三", "张三博士/李四", "张 三",
    ],
)  # fmt: skip
def test_a_person_is_found_however_the_field_names_the_person(holder):
    task = Rectification(id="R-0001", item="ORG-01", owner=holder)
    hits = in_text(state("", rectifications=(task,)), "样机由张三带走")
    assert {hit.source for hit in hits} == {"rectification/R-0001/owner"}


@pytest.mark.parametrize("role", ["总经理", "研发部经理", "保密员", "人事部长", "IT", "各部门", "质量部"])
def test_a_role_is_no_person_and_that_is_said(role):
    task = Rectification(id="R-0001", item="ORG-01", owner=role)
    snapshot = state("", rectifications=(task,))
    assert in_text(snapshot, f"由{role}负责") == ()
    (only,) = [each for each in protected(snapshot) if each.source.endswith("/owner")]
    assert only.unsought is Unsought.OFFICE


# --- explained away -------------------------------------------------------------------------------------


def test_a_module_of_ones_own_makes_nothing_public():
    """The company may have written it itself, its secrets in it."""
    item = replace(make_item("OWN-01"), text="蓝鲸七号的配方要锁在柜子里")
    own = replace(
        make_module({"OWN": [item]}, "XOWN"),
        shipped=False,
        secret_point_types=(SecretPointType("白鹤制剂", Tier.CORE),),
    )
    points = (SecretPoint(id="SP-0001", name="蓝鲸七号"), SecretPoint(id="SP-0002", kind="白鹤制剂"))
    base = state("没有这项业务", *points)
    shipped = base.assessment.checklist.modules[0]
    snapshot = replace(base, assessment=replace(base.assessment, checklist=make_checklist(shipped, own)))
    hits = in_pdf(snapshot)
    assert "secret_point/SP-0001/name" in {hit.source for hit in hits}
    assert in_text(snapshot, "我们做白鹤制剂")
    as_shipped = replace(own, shipped=True)
    checklist = make_checklist(shipped, as_shipped)
    assert in_pdf(replace(base, assessment=replace(base.assessment, checklist=checklist))) == ()


def test_a_programme_of_ones_own_makes_nothing_public():
    base = state("没有这项业务", *named("蓝鲸七号"))
    group = FormGroup("蓝鲸七号的保护", (FormField("park", "蓝鲸七号放在哪里", required=False),))
    for shipped in (True, False):
        programme = replace(base.assessment.programme, form=(group,), shipped=shipped)
        snapshot = replace(base, assessment=replace(base.assessment, programme=programme))
        assert bool(in_pdf(snapshot, APPLICATION)) is not shipped


def test_a_company_called_like_its_secret_explains_its_own_name_only():
    snapshot = state("", *named("蓝鲸"), enterprise=Enterprise(id="e", name="珠海蓝鲸科技有限公司"))
    assert in_text(snapshot, "珠海蓝鲸科技有限公司\n自评报告") == ()
    for text in ("本公司的蓝鲸已经投产", "蓝鲸", "珠海蓝鲸配方", "珠海蓝鲸科技园"):
        assert in_text(snapshot, text), text


@pytest.mark.parametrize("filler", range(30, 64))
def test_a_line_that_is_full_is_no_end_of_a_text(filler):
    """The name is a label of the checklist; the reason ends in it, and at times a line breaks before it."""
    item = replace(make_item("ORG-01"), text="客户名单")
    base = state("最要紧的是别人手里的" + "某" * filler + "客户名单", *named("客户名单"))
    checklist = make_checklist(make_module({"ORG": [item]}))
    hits = in_pdf(replace(base, assessment=replace(base.assessment, checklist=checklist)))
    assert {hit.place.part for hit in hits} == {Part.PAGE, Part.ATTACHMENT}


# --- what leaves otherwise ------------------------------------------------------------------------------


def test_the_attachment_of_an_internal_file_is_as_internal_as_the_file():
    internal = Edition(DocumentKind.REPORT, Level.INTERNAL)
    snapshot = state("蓝鲸七号由外协代管", *named("蓝鲸七号"))
    assert in_pdf(snapshot, internal) == ()
    assert in_pdf(snapshot)


def test_one_string_typed_once_is_one_group():
    snapshot = state("蓝鲸七号由外协代管", *named("蓝鲸七号", "白鹤"))
    hits = in_pdf(snapshot)
    assert len(hits) > 1
    assert len({hit.key for hit in hits}) == len(hits)
    assert len({hit.group for hit in hits}) == 1
    (full,) = in_text(snapshot, "另有蓝鲸（７号）一批", APPLICATION)
    assert full.group == hits[0].group
    (other,) = in_text(snapshot, "另有白鹤一批")
    assert other.group != full.group


# --- evidence that can't be read ------------------------------------------------------------------------


def pdf_page(content: bytes, **resources: object) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(content)
        page.Resources = pdf.make_indirect(
            Dictionary({f"/{name}": value(pdf) for name, value in resources.items()})  # type: ignore[operator]
        )
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def _nameless_font(pdf: pikepdf.Pdf) -> object:
    """Glyphs by number alone: the file does not say which characters they are."""
    cid = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/ABCDEF+Unknown"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Unknown"), Flags=4, ItalicAngle=0, Ascent=800,
            Descent=-200, CapHeight=700, StemV=80, FontBBox=pikepdf.Array([0, -200, 1000, 800]),
        ),
        DW=1000,
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/ABCDEF+Unknown"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(cid)]),
    )
    return Dictionary(F1=pdf.make_indirect(font))


def _picture(pdf: pikepdf.Pdf) -> object:
    stream = pdf.make_stream(
        b"\0" * 12, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
    )  # fmt: skip
    return Dictionary(Im=stream)


def _latin_font(pdf: pikepdf.Pdf) -> object:
    return Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))


def test_letters_that_nobody_can_tell_count_as_unread():
    data = pdf_page(b"BT /F1 12 Tf 72 700 Td <0101020203030404050506060707> Tj ET", Font=_nameless_font)
    reading = LeakGuard(state("")).inspect_evidence(data)
    assert reading.mute == (1,)
    assert "第1页" in reading.sentence


def test_a_scan_with_nothing_but_a_page_number_counts_as_unread():
    content = b"q 500 0 0 700 40 80 cm /Im Do Q BT /F1 10 Tf 290 40 Td (- 3 -) Tj ET"
    data = pdf_page(content, Font=_latin_font, XObject=_picture)
    assert LeakGuard(state("")).inspect_evidence(data).mute == (1,)
    words = (
        b"q 50 0 0 70 40 80 cm /Im Do Q BT /F1 10 Tf 72 700 Td (Enough words to be a page of its own) Tj ET"
    )
    assert (
        LeakGuard(state("")).inspect_evidence(pdf_page(words, Font=_latin_font, XObject=_picture)).mute == ()
    )


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F1 12 Tf 72 700 Td (See XK) Tj ET BT /F1 12 Tf 72 684 Td (ZQ here) Tj ET",
        b"BT /F1 12 Tf 0 1 -1 0 100 72 Tm (XKZQ) Tj ET",
        b"BT /F1 12 Tf 72 700 Td [(X) -300 (K) -300 (Z) -300 (Q)] TJ ET",
        b"BT /F1 12 Tf 72 700 Td [(X) -3000 (K) -3000 (Z) -3000 (Q)] TJ ET",
        b"BT /F1 12 Tf 72 700 Td (X) Tj 0 -14 Td (K) Tj 0 -14 Td (Z) Tj 0 -14 Td (Q) Tj ET",
        b"BT 3 Tr /F1 12 Tf 72 700 Td (XKZQ) Tj ET",
    ],
    ids=["over a line's end", "upwards", "letter by letter", "far apart", "one below the other", "unseen"],
)
def test_however_evidence_sets_a_word_it_is_found(content):
    snapshot = state("", *named("XKZQ"))
    reading = LeakGuard(snapshot).inspect_evidence(pdf_page(content, Font=_latin_font))
    assert [hit.source for hit in reading.hits] == ["secret_point/SP-0001/name"]


def test_a_piece_that_shows_a_secret_keeps_its_title_out_of_other_texts():
    piece = Evidence("E-01", "e", "白鹤机台调试记录", items=("ORG-01",), tier=Tier.CORE)
    assert in_text(state("", evidence=(piece,)), "详见白鹤机台（调试）记录一份")
