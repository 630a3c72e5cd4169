"""The leak guard's words: where a hit stands, where its string comes from, why a string is not looked for."""

from __future__ import annotations

from tsguard.domain.leaks import Part, Place
from tsguard.domain.protection import LEAST_CLAUSE, LEAST_NUMBER, LEAST_PROSE, LEAST_STEM, Unsought
from tsguard.i18n import _


def place_words(place: Place) -> str:
    """第3页, 文件属性, 附件“assessment.json” and so on."""
    words = {
        Part.PAGE: _("正文"),
        Part.OUTLINE: _("书签"),
        Part.METADATA: _("文件属性"),
        Part.ATTACHMENT: _("附件"),
        Part.ANNOTATION: _("批注或链接"),
        Part.FORM_FIELD: _("可填写的栏"),
        Part.DESCRIPTION: _("图片或表格的说明文字"),
        Part.FILE_NAME: _("文件名"),
        Part.FOLDER_NAME: _("文件夹名"),
    }[place.part]
    if place.name and place.page and place.part is not Part.ATTACHMENT:
        return _("佐证{id}第{page}页").format(id=place.name, page=place.page)
    if place.part is Part.PAGE and place.page:
        return _("第{page}页").format(page=place.page)
    if place.page:
        return _("第{page}页的{part}").format(page=place.page, part=words)
    if place.part is Part.ATTACHMENT and place.name:
        return _("附件“{name}”").format(name=place.name)
    return words


def source_words(source: str) -> str:
    """秘点SP-0003的名称 for ``secret_point/SP-0003/name``."""
    kind, _slash, rest = source.partition("/")
    number, _slash, field = rest.rpartition("/")
    fields = _fields().get(kind, {})
    whose = {
        "enterprise": _("企业档案"),
        "secret_point": _("秘点{id}"),
        "evidence": _("佐证{id}"),
        "answer": _("条款{id}"),
        "rectification": _("整改{id}"),
        "issued_document": _("出具记录{id}"),
        "clearance": _("放行记录{id}"),
    }.get(kind, _("其他记录"))
    return _("{whose}的{field}").format(whose=whose.format(id=number), field=fields.get(field, _("内容")))


def unsought_words(why: Unsought) -> str:
    """Why a string is not looked for."""
    return {
        Unsought.SHORT: _(
            "太短（一般少于2个字，说明文字少于{prose}个字，不带后缀的文件名少于{stem}个字）"
        ).format(prose=LEAST_PROSE, stem=LEAST_STEM),
        Unsought.NUMBER: _("少于{digits}位的纯数字").format(digits=LEAST_NUMBER),
        Unsought.OFFICE: _("部门或职务，不是人名"),
        Unsought.NAMED: _("企业档案里公开的负责人或联系人"),
        Unsought.PUBLISHED: _("随程序提供的清单模块里公开的秘点类型"),
    }[why]


def rule_words() -> str:
    """What is looked for and what not, in one sentence for the manual and the terminal."""
    return _(
        "两个字起就查；一个字和不满{digits}位的纯数字不查；"
        "四个以内的字母数字要单独成词才算；说明文字按分句查，短于{clause}个字的分句与相邻的合起来查；"
        "繁简、全半角、大小写、空格、标点不同，七号写成7号，都算同一串；"
        "拼音、译名、改写和十二写成12查不出；"
        "与随程序发布的清单、方案原文连同前后几个字都相同的不算，自编的模块和方案里的话照查。"
    ).format(digits=LEAST_NUMBER, clause=LEAST_CLAUSE)


def _fields() -> dict[str, dict[str, str]]:
    note = _("备注")
    return {
        "enterprise": {"note": note},
        "secret_point": {
            "id": _("编号"),
            "name": _("名称"),
            "kind": _("细类"),
            "location": _("封存原件位置"),
            "note": note,
        },
        "evidence": {"title": _("名称"), "file_name": _("文件名"), "paper_at": _("纸质原件位置")},
        "answer": {"note": note, "ask_whom": _("去问谁")},
        "rectification": {
            "problem": _("问题"),
            "cause": _("原因"),
            "owner": _("责任人"),
            "checker": _("复验人"),
            "resources": _("所需资源"),
            "extended": _("延期原因"),
            "note": note,
        },
        "issued_document": {"scan_name": _("盖章件的文件名"), "note": note},
        "clearance": {"reason": _("放行理由")},
    }
