"""A small company with everything a report prints, and the texts that come back from a written file."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from support.checklists import make_checklist, make_item, make_module, make_programme

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.basis import Article, Source, SourceKind, SourceStatus
from tsguard.domain.checklist import Measure
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.enterprise import Enterprise, Size
from tsguard.domain.evidence import Evidence
from tsguard.domain.programme import EvidenceRequest, FormField, FormGroup
from tsguard.domain.scales import Critical, Tier, Verdict
from tsguard.domain.secret_points import Category, Origin, SecretPoint
from tsguard.domain.snapshot import Snapshot
from tsguard.report.build import build
from tsguard.report.document import Document, values
from tsguard.rules.checks import run_checks
from tsguard.scoring.sheet import score

ON = date(2026, 11, 23)
SOURCE = Source(
    id="法释7",
    title="关于审理侵犯商业秘密民事案件适用法律若干问题的规定",
    number="法释〔2020〕7号",
    issuer="最高人民法院",
    issued="2020-09-10",
    in_force="2020-09-12",
    replaces="",
    kind=SourceKind.INTERPRETATION,
    binds="法院和诉讼各方",
    status=SourceStatus.SEEN,
    checked_on=ON,
    note="正文引用2019年条号。",
    text="",
    articles=(Article("6", "七类保密措施", SourceStatus.SECOND_HAND),),
)
FORM = (
    FormGroup(
        "企业概况",
        tuple(
            FormField(name, name, required=True)
            for name in (
                "name",
                "credit_code",
                "legal_representative",
                "founded_on",
                "staff",
                "size",
                "district",
            )
        ),
    ),
    FormGroup(
        "商业秘密工作",
        tuple(
            FormField(name, name, required=False)
            for name in (
                "sectors",
                "secret_point_count",
                "secret_point_tiers",
                "evidence_count",
                "contact_name",
            )
        ),
    ),
)


def make_snapshot() -> Snapshot:
    """Two sections, a sector, all five verdicts and one item unanswered."""
    org = [
        make_item("ORG-01", 5, Critical.VETO),
        make_item("ORG-02", 3, Critical.KEY, measure=Measure.PREMISES),
        make_item("ORG-03", 2),
        make_item("ORG-04", 2, measure=Measure.SYSTEMS),
    ]
    idc = [make_item("IDC-01", 4, check="secret-points-reviewed"), make_item("IDC-02", 1)]
    its = [make_item("ITS-01", 3)]
    core = make_module({"ORG": org, "IDC": idc, "ITS": its})
    sector = make_module({"XIC": [make_item("XIC-01", 2)]}, "XIC", {"ORG-03": 150})
    checklist = replace(make_checklist(core, sector), sources=(SOURCE,))
    programme = replace(
        make_programme({"ORG": 60, "IDC": 30, "ITS": 10}),
        form=FORM,
        commitment=("所填内容真实、准确。", "所附材料不含国家秘密。"),
        review_columns=("市场监管所意见", "市局意见"),
        evidence_list=(EvidenceRequest("A01", "任命文件", ("ORG-01",)), EvidenceRequest("A02", "执照", ())),
    )
    answers = (
        Answer("ORG-01", Verdict.PARTLY, note="只有口头任命"),
        Answer("ORG-02", Verdict.NOT_APPLICABLE, reason="没有自有场所", ask_again=date(2027, 6, 30)),
        Answer("ORG-03", Verdict.MET),
        Answer("ORG-04", Verdict.UNKNOWN, ask_whom="张工"),
        Answer("IDC-01", Verdict.MET, flagged=True),
        Answer("ITS-01", Verdict.NOT_MET),
    )
    enterprise = Enterprise(
        id="e",
        name="示例䶮𬭎芯片（珠海）有限公司",
        legal_representative="㵘某𠮷",
        founded_on=date(2019, 4, 16),
        size=Size.SMALL,
        staff=186,
        contact_name="李某",
        sample=True,
        note="不外传的备注",
    )
    return Snapshot(
        enterprise=enterprise,
        assessment=Assessment("a", "e", "2026年度自评", ON, ON, ("XIC",), checklist, programme),
        answers={answer.item: answer for answer in answers},
        evidence=(
            Evidence(
                "E-01",
                "e",
                "任命决定",
                ("ORG-01", "ORG-03"),
                "客户甲.pdf",
                "application/pdf",
                10,
                "0123456789abcdef" * 4,
                "",
                ON,
                None,
                3,
                Tier.GENERAL,
                redacted=True,
            ),
            Evidence("E-02", "e", "纸质台账", ("IDC-02",), expires=date(2026, 1, 1), paper_at="三号柜"),
        ),
        secret_points=(
            SecretPoint(
                "SP-0001",
                "e",
                "蓝鲸",
                Category.TECHNICAL,
                "版图",
                Tier.CORE,
                Origin.OWN,
                date(2020, 1, 2),
                "保密室",
                3,
                date(2026, 1, 1),
                "备注甲",
            ),
            SecretPoint("SP-0002", "e", "白鹤", Category.BUSINESS, review_on=date(2027, 1, 1)),
        ),
        journal_head="ab" * 32,
        taken_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


def make_document(snapshot: Snapshot, level: Level, kind: DocumentKind = DocumentKind.REPORT) -> Document:
    """A document of a snapshot."""
    assessment = snapshot.assessment
    checks = run_checks(assessment.checklist, snapshot.secret_points, ON)
    proved = {item for piece in snapshot.evidence if not piece.expired(ON) for item in piece.items}
    sheet = score(assessment.checklist, assessment.programme, snapshot.answers, proved, checks)
    return build(snapshot, sheet, Edition(kind, level), checks=checks, program_version="0.1.0", on=ON)


def form_document(snapshot: Snapshot, level: Level) -> Document:
    """The document that has the application form in it: the application, or the internal report."""
    kind = DocumentKind.APPLICATION if level is Level.SUBMISSION else DocumentKind.REPORT
    return make_document(snapshot, level, kind)


def printed_texts(document: Document) -> tuple[str, ...]:
    """Every text on the pages, in reading order; an attachment's description is on none."""
    return tuple(
        value.text for place, value in values(document) if not place.startswith("/Document.attachments")
    )


def squeeze(text: str) -> str:
    """Text without white space; pdfium reports a hyphen at a line's end as U+FFFE."""
    return "".join(text.replace("\ufffe", "-").split())


def read_with_pdfium(path: Path) -> str:
    """All pages' text in drawing order."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def read_with_poppler(path: Path) -> str:
    """All pages' text in reading order."""
    return subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture
def snapshot() -> Snapshot:
    return make_snapshot()


@pytest.fixture(params=list(Level))
def level(request: pytest.FixtureRequest) -> Level:
    return Level(request.param)


@pytest.fixture(params=[read_with_pdfium, read_with_poppler], ids=["pdfium", "poppler"])
def read(request: pytest.FixtureRequest) -> Callable[[Path], str]:
    """Two independent readers."""
    if request.param is read_with_poppler:
        pytest.importorskip("shutil").which("pdftotext") or pytest.skip("poppler is not installed")
    return request.param
