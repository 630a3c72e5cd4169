"""What the golden vaults hold: values that are written here once and never changed.

``python -m support.golden FILE`` in ``tests`` makes one of today's format, once, when a format is released.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import Clearance, DocumentKind, Format, IssuedDocument
from tsguard.domain.enterprise import District, Enterprise, Size
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Recheck, Rectification, RectificationSource
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import Category, Origin, SecretPoint
from tsguard.services.content import shipped
from tsguard.store.vault import Vault

PASSPHRASE = "金库 Ｇｏｌｄｅｎ １６ 字节 ﬁ 𬭎"
"""Full-width letters, a ligature and a rare character: NFKC and UTF-8 have to be right to open it."""

ASSESSMENT = "a1"

ORG_01 = "以书面文件指定一名领导班子成员分管商业秘密保护"
"""The wording of that item when the vaults were made; a later checklist may say it otherwise."""

COMPANY = Enterprise(
    id="e1",
    name="珠海𬭎㵘䶮𠮷微电子有限公司（金样）",
    credit_code="91350100M000100Y43",
    enterprise_type="有限责任公司",
    legal_representative="李㵘",
    registered_address="珠海市高新区一号",
    business_address="珠海市香洲区二号",
    district=District.OTHER,
    district_other="横琴",
    park="示例园区",
    founded_on=date(2009, 2, 28),
    registered_capital="1,000万元",
    size=Size.MEDIUM,
    staff=320,
    rd_staff=120,
    secret_staff=46,
    lead="王䶮",
    lead_post="副总经理",
    department="综合管理部",
    secrecy_staff=2,
    contact_name="赵𠮷",
    contact_phone="0756-0000000",
    sample=True,
    note='两行\n备注，含“引号”和"直引号"、\\反斜线、\t制表符',
)

ANSWERS = {
    answer.item: answer
    for answer in (
        Answer(item="ORG-01", verdict=Verdict.MET, note="制度编号𠮷-01"),
        Answer(item="ORG-02", verdict=Verdict.PARTLY, flagged=True),
        Answer(item="IDC-01", verdict=Verdict.NOT_MET),
        Answer(item="HRM-05", verdict=Verdict.UNKNOWN, ask_whom="人事部张䶮"),
        Answer(
            item="NCA-01",
            verdict=Verdict.NOT_APPLICABLE,
            reason="没有与员工约定竞业限制",
            ask_again=date(2027, 11, 23),
        ),
        Answer(item="TRN-01", note="还没有判定，只有备注"),
    )
}

FILE = ("会议纪要㵘。\r\n" * 400).encode() + bytes(range(256))
FILE_SHA256 = "837dff5197b8402c261e63f8579419f2a8e23cac5581d215cc1917ac42a8eade"
FILE_SM3 = "2c0351a08a47b70f7b61e5bd47f9ff85358492d942aa8b8a00ffac024d8956c5"

EVIDENCE = (
    Evidence(
        id="E-01",
        enterprise="e1",
        title="保密制度与发布记录",
        items=("ORG-01", "ORG-02"),
        file_name="制度𬭎（第3版）.pdf",
        media_type="application/pdf",
        size=len(FILE),
        sha256=FILE_SHA256,
        sm3=FILE_SM3,
        dated=date(2026, 1, 5),
        expires=date(2027, 1, 4),
        pages=12,
        tier=Tier.IMPORTANT,
        redacted=True,
    ),
    Evidence(id="E-02", enterprise="e1", title="纸质协议", items=(), dated=None, paper_at="档案室B柜第2层"),
)

POINTS = (
    SecretPoint(
        id="SP-0001",
        enterprise="e1",
        name="代号㵘",
        category=Category.BUSINESS,
        kind="客户清单",
        tier=Tier.CORE,
        origin=Origin.CUSTOMER,
        formed_on=date(2020, 2, 29),
        location="保密柜一",
        holders=7,
        review_on=date(2026, 12, 31),
        note="不写内容",
    ),
    SecretPoint(id="SP-0002", enterprise="e1", name="代号二"),
)

FORM = (
    FormValue(ASSESSMENT, "patents", "17"),
    FormValue(ASSESSMENT, "highlights", "第一行\n第二行𠮷"),
)

SETTINGS = {"evidence-limit": "52428800", "place": "checklist:HRM-05"}

# --- since version 3 --------------------------------------------------------------------------------

SCAN = b"%PDF-1.7\n" + "盖章页𠮷\n".encode() * 300
SCAN_SHA256 = "2c8468f8b51aca905f0cd1abe7cf70f7bde2cb1251b491b941ada1a280f16dfc"
SCAN_SM3 = "e712d2c1ac4ce8ce211c7ed9fbb6164cf6c41a6363fd839e9e74a471fe770943"

RECTIFICATIONS = (
    Rectification(
        id="R-0001",
        enterprise="e1",
        item="IDC-01",
        source=RectificationSource.INSPECTION,
        problem="台账缺三个代号\n第二行㵘",
        cause="没有人管",
        measures="补登记，每季度核对",
        department="综合管理部",
        owner="王䶮",
        resources="两个人天",
        due=date(2026, 12, 31),
        extended="人手不够",
        done_on=date(2026, 12, 20),
        evidence="E-01",
        checker="赵𠮷",
        recheck=Recheck.PASSED,
        checked_on=date(2026, 12, 28),
        opened_on=date(2026, 11, 23),
        note="备注",
    ),
    Rectification(id="R-0002", enterprise="e1", problem="没有条款的问题"),
)

ISSUED = (
    IssuedDocument(
        id="D-0001",
        enterprise="e1",
        assessment=ASSESSMENT,
        kind=DocumentKind.APPLICATION,
        level=Level.SUBMISSION,
        format=Format.PDF,
        number="2026-0001",
        dated=date(2026, 11, 23),
        issued_at="2026-11-23T02:31:00.000Z",
        file_name="申报书𬭎.pdf",
        pages=24,
        size=345_678,
        sha256="a1" * 32,
        journal_head="b2" * 32,
        signed=True,
        locked=True,
        scan_sha256=SCAN_SHA256,
        scan_sm3=SCAN_SM3,
        scan_name="盖章页㵘.pdf",
        scan_type="application/pdf",
        scan_size=len(SCAN),
        scanned_on=date(2026, 11, 25),
        note="已送达",
    ),
    IssuedDocument(
        id="D-0002",
        enterprise="e1",
        assessment=ASSESSMENT,
        kind=DocumentKind.REPORT,
        level=Level.INTERNAL,
        format=Format.DOCX,
        number="2026-0002",
        dated=date(2026, 11, 24),
        issued_at="2026-11-24T02:31:00.000Z",
        file_name="内部.docx",
        size=1,
        sha256="c3" * 32,
        journal_head="d4" * 32,
    ),
)

CLEARANCES = (
    Clearance(
        id="C-0001",
        enterprise="e1",
        key="e5" * 32,
        kind=DocumentKind.APPLICATION,
        source="secret_point/SP-0002/name",
        quote="……代号二十件……",
        page=7,
        reason="是数量，不是代号",
        cleared_on=date(2026, 11, 23),
    ),
)


def make(path: Path) -> Vault:
    """Make a golden vault of today's format and leave it open; ``who`` and the clock are always the same."""
    shelf = shipped()
    vault = Vault.create(
        path, PASSPHRASE, who="golden", clock=lambda: datetime(2026, 11, 23, 2, 30, 0, 137_000, tzinfo=UTC)
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("file", FILE), ("scan", SCAN)):
            source = Path(folder) / name
            source.write_bytes(content)
            vault.store_file(source, limit=len(content))
    with vault.write() as writer:
        writer.put_enterprise(COMPANY)
        writer.put_assessment(
            Assessment(
                id=ASSESSMENT,
                enterprise="e1",
                title="2026年度自评",
                baseline=date(2026, 10, 31),
                started=date(2026, 11, 23),
                modules=("XIC",),
                checklist=shelf.freeze(("XIC",)),
                programme=shelf.programme("sample"),
            )
        )
        for answer in (*ANSWERS.values(), Answer(item="ORG-03", verdict=Verdict.MET)):
            writer.put_answer(ASSESSMENT, answer)
        writer.remove_answer(ASSESSMENT, "ORG-03")
        for piece in (*EVIDENCE, Evidence(id="E-03", enterprise="e1", title="删去", paper_at="无")):
            writer.new_number("evidence", "e1")
            writer.put_evidence(piece)
        writer.remove_evidence("e1", "E-03")
        for point in POINTS:
            writer.new_number("secret_point", "e1")
            writer.put_secret_point(point)
        for value in FORM:
            writer.put_form_value(value)
        for task in RECTIFICATIONS:
            writer.new_number("rectification", "e1")
            writer.put_rectification(task)
        for issued in ISSUED:
            writer.new_number("issued_document", "e1")
            writer.put_issued_document(issued)
        for clearance in CLEARANCES:
            writer.new_number("clearance", "e1")
            writer.put_clearance(clearance)
        for name, setting in SETTINGS.items():
            writer.put_setting(name, setting)
    return vault


if __name__ == "__main__":
    made = make(Path(sys.argv[1]))
    print(made.journal_length, made.journal_head)
    made.close()
