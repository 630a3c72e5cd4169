"""What the golden vaults hold: values that are written here once and never changed."""

from __future__ import annotations

from datetime import date

from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import District, Enterprise, Size
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import Category, Origin, SecretPoint

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
