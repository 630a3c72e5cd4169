"""核验信息: the last page of every document, by which paper and file are told to belong together.

It proves nothing about who made them: a seal or an electronic signature does that, and the page says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from tsguard.domain.disclosure import Level
from tsguard.domain.words import level_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    DataTable,
    Paragraph,
    Role,
    Row,
    Run,
    line,
)
from tsguard.report.document import each_value
from tsguard.report.marked import Marked, said

IDENTITY_ANCHOR = "identity"
_COLUMNS = (112.0, 329.0)


def text_digest(blocks: Sequence[Block]) -> str:
    """SHA-256 over every text of these blocks in reading order, joined by newlines, as UTF-8.

    It stands for the words alone: neither the setting in pages nor the file changes it.

    Returns:
        64 hexadecimal digits.
    """
    texts = "\n".join([value.text for value in each_value(tuple(blocks))])
    return hashlib.sha256(texts.encode()).hexdigest()


def identity_blocks(
    blocks: Sequence[Block],
    *,
    number: Marked,
    name: Marked,
    level: Level,
    on: date,
    journal_head: str,
    data_sha256: str,
    program_version: str,
) -> tuple[Block, ...]:
    """The page itself.

    Args:
        blocks: Everything that stands before it.
        number: The document's number.
        name: What the document is called.
        level: For whom it is.
        on: Its date.
        journal_head: The journal's head that it was made from; "" for an empty journal.
        data_sha256: Of the attached assessment data, 64 hexadecimal digits; "" without them.
        program_version: Of the program.
    """
    facts: list[tuple[str, Marked]] = [
        (_("文件"), name),
        (_("文件编号"), number),
        (_("日期"), said(words.day(on))),
        (_("版本"), said(level_word(level))),
    ]
    digests = [
        (_("正文摘要"), text_digest(blocks), _("本页之前全部文字的SHA-256")),
        (_("附件摘要"), data_sha256, _("随文件附带的自评数据assessment.json的SHA-256；合订本中按部分编号")),
        (_("变更记录末条摘要"), journal_head, _("出具时变更记录最后一条的摘要")),
    ]
    rows = [Row((_label(label), _fact(value))) for label, value in facts]
    rows += [Row((_label(label), _digest(value, meaning))) for label, value, meaning in digests if value]
    rows.append(Row((_label(_("程序")), _fact(said(f"tsguard {program_version}")))))
    columns = (Column(said(_("项目")), _COLUMNS[0]), Column(said(_("内容")), _COLUMNS[1]))
    return (
        Chapter(said(_("核验信息")), IDENTITY_ANCHOR),
        _say(_("这一页用来核对纸质件和电子件是不是同一份材料，出具后有没有改动。")),
        DataTable(columns, tuple(rows)),
        *_explanations(),
    )


def _explanations() -> tuple[Block, ...]:
    told = [
        (
            _("怎样核对电子件"),
            _(
                "在装有本程序的电脑上打开“核验文件”页，选中这个PDF；"
                "或在命令行运行 tsguard verify 文件.pdf。程序会说明文件是否与出具时一致，"
                "并用附件中的数据把分数重新加一遍。"
            ),
        ),
        (
            _("怎样核对纸质件"),
            _("把纸面上的文件编号和各项摘要与电子件的这一页逐组对照，八位一组。有一组不同，就不是同一份。"),
        ),
        (
            _("整个文件的摘要"),
            _(
                "文件不能印出自己的摘要，整个PDF的SHA-256列在材料移送清单里；"
                "用任何能计算SHA-256的工具都可以核对。"
            ),
        ),
        (
            _("能说明什么"),
            _(
                "摘要一致，说明内容在出具后没有变化。"
                "摘要不能说明是谁出具的，也不能防止有人改动内容后另做一份；出具人以盖章或电子签名为准。"
                "内容是否属实，由佐证和现场核查说明。"
            ),
        ),
    ]
    return tuple(
        Paragraph(line(Run(said(_("{label}：").format(label=label)), bold=True), said(text)), Role.ANSWER)
        for label, text in told
    )


def _say(text: str) -> Paragraph:
    return Paragraph(line(said(text)), Role.LEAD)


def _label(text: str) -> Cell:
    return Cell((Paragraph(line(said(text)), Role.CELL),))


def _fact(value: Marked) -> Cell:
    return Cell((Paragraph(line(value), Role.CELL),))


def _digest(digest: str, meaning: str) -> Cell:
    return Cell(
        (
            Paragraph(line(said(words.grouped(digest))), Role.SMALL),
            Paragraph(line(said(meaning)), Role.DETAIL),
        )
    )
