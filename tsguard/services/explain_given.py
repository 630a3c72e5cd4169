"""Words for errors of what a person gave: fields, answers, content files, workbooks."""

from __future__ import annotations

from tsguard import errors
from tsguard.domain.form import LONGEST_STORED
from tsguard.domain.validation import LARGEST_COUNT, LONGEST_NAME, LONGEST_TEXT, Rule
from tsguard.i18n import _
from tsguard.services.explanation import Explanation, explain
from tsguard.services.problems import problem_sentence
from tsguard.services.visible import visible


def field_rule_sentence(rule: str) -> str:
    """What is wrong with a field, one sentence."""
    return {
        Rule.REQUIRED: _("这一项不能为空。"),
        Rule.TOO_LONG: _("太长了：名称和地址不超过{name}个字，备注不超过{text}个字。").format(
            name=LONGEST_NAME, text=LONGEST_TEXT
        ),
        Rule.FAR_TOO_LONG: _("太长了，存不下：最多{most}个字。").format(most=LONGEST_STORED),
        Rule.OUT_OF_RANGE: _("请填0至{most}之间的整数。").format(most=LARGEST_COUNT),
        Rule.CREDIT_CODE: _("这不是有效的统一社会信用代码：应为18位，且末位校验字符相符（GB 32100-2015）。"),
        Rule.MORE_THAN_STAFF: _("比职工总数还多，请核对。"),
        Rule.DISTRICT_NAME: _("请写明所在的区。"),
        Rule.UNICODE: _("含有不完整的字符或控制字符，存不进文件；请重新输入。"),
        Rule.RANGE: _("数字太大。"),
        Rule.DIGEST: _("应为64位的十六进制数字。"),
        Rule.MOMENT: _("应为带时区的日期和时间。"),
        Rule.EDITION: _("这种材料没有这一版。"),
    }[Rule(rule)]


@explain.register
def _invalid_field(error: errors.InvalidField) -> Explanation:
    return Explanation(
        field_rule_sentence(error.rule), _("这一项没有保存，仍是原来的内容。"), _("请改正后再试。")
    )


@explain.register
def _not_applicable(error: errors.NotApplicableForbidden) -> Explanation:
    return Explanation(
        _("{item}不能答“不适用”。").format(item=visible(error.item)),
        _("原来的判定没有改动。"),
        _("请按实际情况选符合、部分符合、不符合或不清楚。"),
    )


@explain.register
def _content_invalid(error: errors.ContentInvalid) -> Explanation:
    lines = "\n".join(problem_sentence(problem) for problem in error.problems)
    return Explanation(
        _("内容文件有{count}处问题：").format(count=len(error.problems)) + "\n" + lines + "\n",
        _("没有使用这些文件。"),
        _("请逐处改正后再试。"),
    )


@explain.register
def _unknown_module(error: errors.UnknownModule) -> Explanation:
    return Explanation(
        _("没有名为“{module}”的模块或方案。").format(module=visible(error.module)),
        _("什么都没有改动。"),
        _("可用的有：{known}。").format(known="、".join(map(visible, error.known))),
    )


@explain.register
def _programme_does_not_fit(error: errors.ProgrammeDoesNotFit) -> Explanation:
    parts = [
        (_("清单里的{sections}没有计入任何单元"), error.uncounted),
        (_("方案要计的{sections}清单里没有"), error.unknown),
    ]
    found = [
        words.format(sections="、".join(map(visible, sections))) for words, sections in parts if sections
    ]
    return Explanation(
        _("这个申报方案和定下的清单对不上：{found}。").format(found="；".join(found)),
        _("方案和作答都没有改动。"),
        _("请另选方案；清单有新版的，先加入与它相配的方案，再一起换到新版。"),
    )


@explain.register
def _own_content_exists(error: errors.OwnContentExists) -> Explanation:
    return Explanation(
        _("已经有编号为{module}的自有模块或方案（{file}）。").format(
            module=visible(error.module), file=visible(error.file)
        ),
        _("它没有改动，新的也没有加进来。"),
        _("请换一个编号，或明确选择替换。"),
    )


@explain.register
def _workbook_refused(error: errors.WorkbookRefused) -> Explanation:
    fault = errors.WorkbookFault
    why, advice = {
        fault.OLD: (_("是旧格式的表格（.xls等）。"), _("请在表格软件里另存为.xlsx再导入。")),
        fault.ENCRYPTED: (_("设有打开密码。"), _("请另存一份不带密码的.xlsx再导入。")),
        fault.NOT_A_WORKBOOK: (_("不是.xlsx工作簿。"), _("请选.xlsx文件；CSV等请先另存为.xlsx。")),
        fault.TOO_LARGE: (_("太大。"), _("请只留要导入的内容，另存后再导入。")),
        fault.UNPACKS_TOO_LARGE: (_("展开后太大。"), _("请只留要导入的内容，另存后再导入。")),
        fault.TOO_MANY_ROWS: (_("的行数太多。"), _("请删去多余的行；模块可以拆成几个。")),
        fault.TOO_MANY_SHEETS: (_("的工作表太多。"), _("请删去不用的工作表再导入。")),
        fault.TOO_MANY_MERGED: (_("里合并的单元格太多。"), _("请取消合并再导入。")),
        fault.CELL_TOO_LONG: (_("有一格写得太长。"), _("一格最多32,767个字，请改短后再导入。")),
        fault.DAMAGED: (_("有损坏，读不下去。"), _("请在表格软件里打开，另存一份再导入。")),
        fault.NO_ANSWER_COLUMNS: (
            _("里没有“判定”和“条款号”（或“编号”）这两列。"),
            _("请用导出的空白清单填写，列名不要改。"),
        ),
    }[error.fault]
    return Explanation(
        _("“{name}”{why}").format(name=visible(error.path.name), why=why), _("没有导入任何内容。"), advice
    )


@explain.register
def _answers_changed(error: errors.AnswersChanged) -> Explanation:
    items = "、".join(error.items[:10])
    return Explanation(
        _("核对以后，作答又有改动（{items}），纸上的内容要重新核对。").format(items=items),
        _("没有录入任何内容。"),
        _("请重新读入，核对后再录入。"),
    )


@explain.register
def _missing_glyphs(error: errors.MissingGlyphs) -> Explanation:
    shown = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in error.characters[:20])
    return Explanation(
        _("这些字符没有字体可印：{shown}。").format(shown=shown),
        _("报告没有生成，免得印出空框。"),
        _(
            "请在填写的内容里换掉这些字符再导出；内部版还会印备注、秘点名称和文件名。"
            "字符在自有模块里的，请在modules check指出的行改好，再换到新版。"
        ),
    )


@explain.register
def _unknown_item(_error: errors.UnknownItem) -> Explanation:
    return Explanation(_("清单里没有这一条。"), _("什么都没有改动。"), _("请核对条款编号和所选模块。"))


@explain.register
def _nothing_assessed(_error: errors.NothingAssessed) -> Explanation:
    return Explanation(
        _("还没有选定自评清单。"), _("企业档案已经保存。"), _("请先在企业档案里选产业模块，再作答和导出。")
    )


@explain.register
def _unknown_record(_error: errors.UnknownRecord) -> Explanation:
    return Explanation(_("这条记录已经不在了。"), _("什么都没有改动。"), _("请刷新后再试。"))


@explain.register
def _leaks_found(error: errors.LeaksFound) -> Explanation:
    return Explanation(
        _("待导出的文件里有{count}处疑似泄密，还没有处理。").format(count=error.count),
        _("没有写出任何文件，保险库没有改动。"),
        _("请逐处查看：改掉保险库里的写法再导出，或写明理由放行。"),
    )


@explain.register
def _passphrase_too_long(error: errors.PassphraseTooLong) -> Explanation:
    return Explanation(
        _("口令太长，加密的PDF最多收{longest}个字节（一个汉字占三个）。").format(longest=error.longest),
        _("没有做成口令副本，也没有写出文件。"),
        _("请换一个短些的口令。"),
    )


@explain.register
def _signing_refused(error: errors.SigningRefused) -> Explanation:
    fault = errors.SigningFault
    happened, advice = {
        fault.NOT_INSTALLED: (
            _("没有安装电子签名组件。"),
            _("请安装{extra}后再试，或不签名先导出。").format(extra=visible(error.extra)),
        ),
        fault.NOT_PKCS12: (
            _("所选的文件不是PKCS#12证书（.p12或.pfx），或已经损坏。"),
            _("请从证书颁发机构或浏览器导出带私钥的.p12或.pfx文件。"),
        ),
        fault.WRONG_PASSPHRASE: (
            _("证书文件的口令不对，或文件已经损坏。"),
            _("请重新输入证书文件自己的口令；它和保险库的口令无关。"),
        ),
        fault.NO_KEY: (
            _("证书文件里没有可用来签名的证书和私钥。"),
            _("请重新导出证书，并选择连同私钥一起导出。"),
        ),
        fault.KEY_KIND: (
            _("这种证书的密钥算法还不支持。"),
            _("请用RSA或ECDSA证书；国密SM2证书请用颁发机构的签章软件，在导出的PDF上签。"),
        ),
    }[error.fault]
    return Explanation(happened, _("没有签名，也没有写出文件；保险库没有改动。"), advice)
