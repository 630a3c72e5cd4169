"""What verifying found, in words for window and terminal: what was checked, the result, what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tsguard.domain.words import document_word, level_word
from tsguard.i18n import _
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import Lane
from tsguard.services.known_content import ContentKind, ContentMatch, Here
from tsguard.services.moments import moment_text
from tsguard.services.readding import DataDoubt, Readded
from tsguard.services.verified_file import Finding, Outcome, Result, Signature, VerifiedDocument
from tsguard.services.visible import visible

_MOST_IDS = 10
"""Ids that one sentence names."""


@dataclass(frozen=True, slots=True)
class CheckWords:
    """One finding for people.

    Attributes:
        checked: What was checked, a few characters.
        result: What was found, one sentence.
        meaning: What it means, and what to do where something is to be done.
    """

    checked: str
    result: str
    meaning: str


def outcome_words(outcome: Outcome) -> tuple[str, str]:
    """All findings in one line, and what it means."""
    return {
        Outcome.WHOLE: (
            _("与导出时一致。"),
            _(
                "没有发现改动。封印能看出意外的改动，防不住有意重做的文件；"
                "是谁出具的，以盖章或电子签名为准；内容是否属实，以佐证和现场核查为准。"
            ),
        ),
        Outcome.DOUBTFUL: (
            _("有几项不能确认。"),
            _("没有发现改动，但下面标△的几项这里核对不了，或与本机的内容不同。"),
        ),
        Outcome.CHANGED: (
            _("有不相符的地方。"),
            _("下面标×的几项说明哪里不符。请向出具人索取原件，再核验一次。"),
        ),
        Outcome.NOT_OURS: (
            _("这不是可以核验的文件。"),
            _("只能核验本程序导出的PDF。没有对这个文件下任何结论。"),
        ),
        Outcome.UNREADABLE: (
            _("文件损坏，读不出来。"),
            _("可能是下载或复制时不完整。请重新取得一份再核验。"),
        ),
        Outcome.LOCKED: (
            _("文件加了口令，还没有核验。"),
            _("请输入打开这份PDF的口令；它由出具人设定，和保险库的口令无关。"),
        ),
    }[outcome]


def finding_words(finding: Finding) -> CheckWords:
    """The words for one finding."""
    return _WORDS[finding.result](finding.facts)


def document_title(document: VerifiedDocument) -> str:
    """A document's name with its edition."""
    return _("{name}（{level}）").format(name=document_word(document.kind), level=level_word(document.level))


def document_facts(document: VerifiedDocument) -> tuple[tuple[str, str], ...]:
    """What a document says it is, as names and values."""
    plain = document.official or _("非官方") in document.programme
    programme = document.programme if plain else _("{title}（非官方）").format(title=document.programme)
    return (
        (_("文件"), document_title(document)),
        (_("编号"), document.number),
        (_("日期"), document.on.isoformat()),
        (_("企业"), document.company),
        (_("申报方案"), programme),
        (_("程序版本"), document.program_version),
        (_("变更记录末条摘要"), document.journal_head),
        (_("附件摘要"), document.data_sha256),
    )


def signature_words(signature: Signature) -> str:
    """One signature in a sentence."""
    holds = {
        True: _("有效，签名后没有改动"),
        False: _("无效，签名后改动过"),
        None: _("这里核对不了"),
    }[signature.holds]
    covers = _("覆盖整个文件") if signature.whole else _("没有覆盖整个文件")
    when = moment_text(signature.stated_at) if signature.stated_at else _("没有写明时间")
    return _("{signer}：{holds}，{covers}，自述时间{when}，颁发者{issuer}").format(
        signer=signature.signer or _("签名人不明"),
        holds=holds,
        covers=covers,
        when=when,
        issuer=signature.issuer or _("不明"),
    )


def content_words(match: ContentMatch) -> str:
    """One content file in a sentence."""
    name = {
        ContentKind.MODULE: _("模块{title}（{id}）"),
        ContentKind.PROGRAMME: _("申报方案{title}（{id}）"),
        ContentKind.LIBRARY: _("依据库"),
    }[match.kind].format(title=match.title, id=match.id)
    said = {
        Here.SAME: _("{version}版，与本机随程序发布的相同"),
        Here.OTHER: _("{version}版，本机随程序发布的是{own}"),
        Here.OWN: _("{version}版，不是随程序发布的"),
        Here.CHANGED: _("{version}版，版本号相同但内容与本机的不同"),
    }[match.here]
    own = _("{version}版").format(version=match.here_version) if match.here_version else _("没有这一份")
    return name + _("：") + said.format(version=match.version, own=own)


def doubt_words(readded: Readded) -> tuple[str, ...]:
    """What does not fit within the data, a sentence each."""
    said = {
        DataDoubt.TWICE: _("编号重复：{ids}"),
        DataDoubt.UNKNOWN_MODULE: _("条款不属于所列的模块：{ids}"),
        DataDoubt.WRONG_UNIT: _("条款计入的单元与方案不符：{ids}"),
        DataDoubt.LEFT_OUT: _("条款没有计分，却不是写明理由的不适用：{ids}"),
        DataDoubt.UNPROVED: _("条款称有佐证，佐证目录里却没有有效的：{ids}"),
        DataDoubt.PROGRAMME: _("申报方案的等级线不成立：{ids}"),
    }
    return tuple(
        said[kind].format(ids="、".join(visible(each) for each in ids[:_MOST_IDS]))
        for kind, ids in readded.doubts
    )


def lane_word(lane: Lane) -> str:
    """自评分, 有据分."""
    return _("自评分") if lane is Lane.CLAIMED else _("有据分")


def points_text(tenths: int | None) -> str:
    """Tenths of a point as printed; a dash where there is nothing."""
    return "—" if tenths is None else tenths_text(tenths)


def _file(result: str, meaning: str) -> CheckWords:
    return CheckWords(_("文件"), result, meaning)


def _seal(result: str, meaning: str) -> CheckWords:
    return CheckWords(_("封印"), result, meaning)


def _signature(result: str, meaning: str) -> CheckWords:
    return CheckWords(_("电子签名"), result, meaning)


def _data(result: str, meaning: str) -> CheckWords:
    return CheckWords(_("附件数据"), result, meaning)


def _paper(result: str, meaning: str) -> CheckWords:
    return CheckWords(_("页面与附件"), result, meaning)


def _score(result: str, meaning: str) -> CheckWords:
    return CheckWords(_("分数"), result, meaning)


def _content(result: str, meaning: str) -> CheckWords:
    return CheckWords(_("评分依据"), result, meaning)


def _issued(result: str, meaning: str) -> CheckWords:
    return CheckWords(_("出具记录"), result, meaning)


_WORDS: dict[Result, Callable[[dict[str, str]], CheckWords]] = {
    Result.FILE_OURS: lambda _facts: _file(_("是本程序导出的PDF。"), _("下面逐项核对。")),
    Result.FILE_FOREIGN: lambda _facts: _file(
        _("不是本程序导出的PDF。"), _("这里核对不了它，也不说明它有什么问题。")
    ),
    Result.FILE_NOT_PDF: lambda _facts: _file(_("不是PDF。"), _("只能核验本程序导出的PDF。")),
    Result.FILE_DOCX: lambda _facts: _file(
        _("是Word文件。"), _("Word文件可以随意改动，没有封印；只能核验同时导出的PDF。")
    ),
    Result.FILE_DAMAGED: lambda _facts: _file(
        _("PDF损坏，读不出来。"), _("可能是下载或复制时不完整，请重新取得一份。")
    ),
    Result.FILE_LOCKED: lambda _facts: _file(_("加了口令。"), _("给出打开它的口令后才能核验。")),
    Result.FILE_WRONG_PASSPHRASE: lambda _facts: _file(
        _("口令打不开这份PDF。"), _("请向出具人核对口令；它和保险库的口令无关。")
    ),
    Result.SEAL_WHOLE: lambda _facts: _seal(
        _("完好，整个文件与导出时逐字节一致。"),
        _("导出后没有编辑、另存，传输中也没有损坏。"),
    ),
    Result.SEAL_SIGNED: lambda facts: _seal(
        _("导出的部分完好，之后只添加了电子签名（{count}字节）。").format(**facts),
        _("签名不改动原有内容，签名本身见下一项。"),
    ),
    Result.SEAL_SIGNED_VISIBLY: lambda facts: _seal(
        _("导出的部分完好，之后添加了带图样的电子签名（{count}字节）。").format(**facts),
        _("图样可能盖住页面上的内容，请打开文件看它的位置，并与出具人核对。"),
    ),
    Result.SEAL_APPENDED: lambda facts: _seal(
        _("导出的部分完好，但之后添加了{count}字节，不只是签名。").format(**facts),
        _("添加的内容可能盖住或换掉了原来的页面，不能当作原件。"),
    ),
    Result.SEAL_CHANGED: lambda _facts: _seal(
        _("对不上，文件在导出后改动过。"), _("可能被编辑、另存或传输时损坏，不能当作原件。")
    ),
    Result.SEAL_NONE: lambda _facts: _seal(
        _("没有封印，文件另存或处理过。"), _("无法确认页面与导出时一致；附件数据仍可核对。")
    ),
    Result.SIGNATURE_NONE: lambda _facts: _signature(_("没有电子签名。"), _("出具人以纸质件上的盖章为准。")),
    Result.SIGNATURE_HOLDS: lambda facts: _signature(
        _("有效，覆盖整个文件，签名人自称{names}。").format(names=visible(facts["names"])),
        _("签名后没有改动。证书是否可信、是否吊销没有联网查，请看颁发者是否为您认可的机构。"),
    ),
    Result.SIGNATURE_PARTIAL: lambda facts: _signature(
        _("有效，但没有覆盖整个文件，签名人自称{names}。").format(names=visible(facts["names"])),
        _("签名之后文件又添加了内容，那一部分签名人没有认可。"),
    ),
    Result.SIGNATURE_BROKEN: lambda _facts: _signature(
        _("无效，签名后内容改动过。"), _("不能当作签名人认可的文件。")
    ),
    Result.SIGNATURE_UNKNOWN: lambda _facts: _signature(
        _("有签名，但这里核对不了。"), _("可能是国密SM2等算法，请用颁发机构的软件核对。")
    ),
    Result.SIGNATURE_UNCHECKED: lambda _facts: _signature(
        _("有签名，未检查。"), _("没有安装电子签名组件（tsguard[sign]），请用其他PDF软件核对。")
    ),
    Result.DATA_SOUND: lambda _facts: _data(
        _("有机器可读的自评数据，格式正确。"), _("分数可以只凭这份数据重新加出来。")
    ),
    Result.DATA_NONE: lambda _facts: _data(
        _("没有附自评数据。"), _("这份文件没有分数可以重新加，例如材料移送清单和空白清单。")
    ),
    Result.DATA_NEWER: lambda _facts: _data(_("自评数据的格式比本程序新。"), _("请用较新版本的程序核验。")),
    Result.DATA_MALFORMED: lambda _facts: _data(
        _("自评数据的格式不对。"), _("附件改动过或损坏，不能当作原件。")
    ),
    Result.DATA_REWRITTEN: lambda _facts: _data(
        _("自评数据不是本程序写出的样子。"), _("内容读得出来，但附件被别的程序重写过，不能当作原件。")
    ),
    Result.PAPER_MATCHES: lambda _facts: _paper(
        _("页面上印的附件摘要与附件相符。"), _("页面和附件数据属于同一份文件。")
    ),
    Result.PAPER_DIFFERS: lambda _facts: _paper(
        _("页面上没有印这份附件的摘要。"), _("附件数据不属于这份文件，可能被换过。")
    ),
    Result.PAPER_UNREAD: lambda _facts: _paper(
        _("页面没有读完，没有找到附件摘要。"), _("请对照核验信息页上的附件摘要。")
    ),
    Result.SCORE_ADDS_UP: lambda _facts: _score(
        _("逐单元重新加过，与所写一致。"), _("计算没有问题；回答是否属实由佐证和现场核查说明。")
    ),
    Result.SCORE_DIFFERS: lambda _facts: _score(
        _("重新加的结果与所写不一致。"), _("下面列出每个单元所写和重加的分数，请向出具人核实。")
    ),
    Result.CONTENT_SAME: lambda _facts: _content(
        _("所用的模块、方案和依据库与本机随程序发布的相同。"), _("打分用的条款、权重和等级线没有改动。")
    ),
    Result.CONTENT_OTHER: lambda facts: _content(
        _("与本机的版本不同：{names}。").format(names=_or_library(facts["names"])),
        _("多半是出具时的程序较旧或较新，不是问题；逐条比较请用同一版本的程序。"),
    ),
    Result.CONTENT_OWN: lambda facts: _content(
        _("用了不随程序发布的：{names}。").format(names=_or_library(facts["names"])),
        _("条款和权重由别处编写，请确认是您认可的那一份。"),
    ),
    Result.CONTENT_CHANGED: lambda facts: _content(
        _("版本号相同而内容不同：{names}。").format(names=_or_library(facts["names"])),
        _("条款、权重或等级线可能改过，请向出具人核实。"),
    ),
    Result.ISSUED_HERE: lambda facts: _issued(
        _("是从这个保险库出具的，记录编号{id}。").format(**facts), _("整个文件与登记时逐字节一致。")
    ),
    Result.ISSUED_OTHER_FILE: lambda facts: _issued(
        _("编号在出具记录里（{id}），文件却不是登记的那一个。").format(**facts),
        _("可能另存、签名或改动过，请与登记的SHA-256比较。"),
    ),
    Result.ISSUED_ELSEWHERE: lambda _facts: _issued(
        _("不在这个保险库的出具记录里。"), _("可能由别的企业或别的保险库出具。")
    ),
}


def _or_library(names: str) -> str:
    """Titles for people; the legal library has none of its own."""
    return "、".join(visible(each) if each else _("依据库") for each in names.split("、"))
