"""A document with every kind of block in it, in words that no one else uses."""

from __future__ import annotations

from datetime import date

from tsguard.domain.disclosure import Level
from tsguard.report.blocks import (
    Align,
    Axis,
    Bar,
    Block,
    Cell,
    Chapter,
    Column,
    Contents,
    Cover,
    DataTable,
    Entry,
    Figure,
    Figures,
    Form,
    Heading,
    Mark,
    Paragraph,
    Picture,
    Radar,
    Review,
    Role,
    Row,
    Run,
    Signature,
    line,
    sign,
)
from tsguard.report.document import Attachment, Document
from tsguard.report.marked import said
from tsguard.report.question import Choice, Question

ON = date(2026, 11, 23)
LONG = "甲方应当在收到本通知之日起三十日内，按照第二十四条的要求完成整改并书面回复。"
DATA = b'{"title": "\xe7\xa4\xba\xe4\xbe\x8b"}'


def document(*blocks: Block, title: str = "示例文件", data: bytes = b"") -> Document:
    """Blocks as a document, with an attachment where there is data."""
    attached = (Attachment("assessment.json", "application/json", said("自评数据"), data),) if data else ()
    return Document(
        Level.SUBMISSION, said(title), said("示例公司"), said("脚注"), said("TSG-1"), ON, blocks, attached
    )


def every_block() -> tuple[Block, ...]:
    """Each kind once or twice; tables, cells and paragraphs long enough to go over pages."""
    return (
        Cover(
            (said("示例"), said("虚构数据")),
            (said("商业秘密"), said("示例报告")),
            said("报送材料"),
            (Entry(said("企业"), line(said("䶮𬭎㵘𠮷公司"))), Entry(said("地区"), line(said("珠海")))),
            said("二〇二六年"),
        ),
        Contents(said("目　录")),
        Chapter(said("一、概况"), "chapter-1"),
        Paragraph(line(said("正文" * 9), Run(said("链接处" * 9), link="row-1"), said("之后。"))),
        Heading(said("（一）表格"), "section-1"),
        Paragraph(line(said("引导语。")), Role.LEAD),
        Form(
            (
                Entry(said("名称"), line(said("甲"))),
                Entry(said("代码"), line(said("乙"))),
                Entry(said("地址"), line(said("珠海市香洲区" * 9))),
                Entry(said("选项"), line(sign(Mark.TICKED), said("是"), sign(Mark.BOX), said("否"))),
                Entry(said("空白"), line(said(""))),
            )
        ),
        Form((Entry(said("单列"), line(said("很长的值" * 20))),)),
        table(40),
        Heading(said("（二）图"), "section-2"),
        Figures(
            tuple(Figure(said(f"分数{each}"), said(each), said("满分一百")) for each in ("87.5", "64.0"))
        ),
        Radar(
            tuple(Axis(said(each), (number, 100 - number)) for number, each in enumerate("东南西北", 61)),
            (said("自评率"), said("有据率")),
            said("图1　得分率"),
        ),
        Chapter(said("二、签章"), "chapter-2"),
        *(Paragraph(line(said(f"第{number}段。" + LONG * 4))) for number in range(12)),
        Signature(said("法定代表人："), said("公司盖章："), said("　年　月　日"), said("盖章处")),
        Review((said("区局意见"), said("市局意见")), said("经办人："), said("　年　月"), said("公章")),
        question(),
        Picture("picture-1", said("E-01　第1页"), said("营业执照的图像，共1页，第1页"), 420.0, 297.0),
    )


def table(rows: int) -> DataTable:
    """A table over pages, with spans, bars, marks, links, and a cell that is taller than a page."""
    head = (Column(said("编号"), 60), Column(said("内容"), 250), Column(said("占比"), 80, Align.RIGHT))
    tall = Cell((Paragraph(line(said(LONG * 120)), Role.CELL), Paragraph(line(said("末段")), Role.DETAIL)))
    return DataTable(
        (*head, Column(said("判定"), 51)),
        (
            *(
                Row(
                    (
                        Cell((Paragraph(line(Run(said(f"N-{number}"), link="row-1"))),)),
                        Cell((Paragraph(line(said(f"内容{number}")), Role.CELL),)),
                        Cell(bar=Bar(70, 50)),
                        Cell((Paragraph(line(sign(Mark.MET), said("符合")), Role.CELL),)),
                    ),
                    anchor=f"row-{number}",
                )
                for number in range(rows)
            ),
            Row((Cell((Paragraph(line(said("长"))),)), tall, Cell(), Cell())),
            Row((Cell((Paragraph(line(Run(said("合计"), bold=True))),), span=3), Cell()), total=True),
        ),
    )


def question() -> Question:
    """One with all its parts, and one choice without a box."""
    return Question(
        said("7"),
        said("ORG-07"),
        said("否决项"),
        strong=True,
        text=said("问题正文"),
        details=(said("佐证：文件"), said("不适用的情形：无")),
        choices=(Choice(said("符合")), Choice(said("一律适用"), open=False)),
        lines=(said("说明"), said("佐证位置")),
    )
