"""Errors in words: what happened, what it means for the data, what to do. One table for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch

from tsguard import errors
from tsguard.domain.form import LONGEST_STORED
from tsguard.domain.recovery_code import GROUPS
from tsguard.domain.validation import LARGEST_COUNT, LONGEST_NAME, LONGEST_TEXT, Rule
from tsguard.i18n import _
from tsguard.services.problems import problem_sentence
from tsguard.services.visible import visible


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three sentences about one error.

    Attributes:
        happened: What happened.
        data: What it means for the data.
        advice: What to do.
    """

    happened: str
    data: str
    advice: str

    def __str__(self) -> str:
        """All three, one after the other."""
        return "".join(part for part in (self.happened, self.data, self.advice) if part)


@singledispatch
def explain(_error: errors.TSGuardError) -> Explanation:
    """The three sentences for an error, in the person's language; one function below for each type."""
    return Explanation(
        _("操作没有完成。"),
        _("保险库里的内容没有改动。"),
        _("请重试；若再次出现，请记下操作步骤。"),
    )


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
        Rule.UNICODE: _("含有不完整的字符，存不进文件；请重新输入那个字。"),
        Rule.RANGE: _("数字太大。"),
    }[Rule(rule)]


def size_text(size: int) -> str:
    """A file size for people: ``300 MB``, ``12 KB``."""
    if size >= 1024 * 1024:
        return f"{(size + 512 * 1024) // (1024 * 1024)} MB"
    return f"{max(1, (size + 512) // 1024)} KB"


@explain.register
def _disk_full(error: errors.DiskFull) -> Explanation:
    return Explanation(
        _("“{path}”所在的磁盘已满，刚才的内容没有写进去。").format(path=visible(error.path.parent)),
        _("原来的文件完好，停在上一次保存的样子。"),
        _("请腾出空间后再试，或换一个磁盘。"),
    )


@explain.register
def _read_only(error: errors.ReadOnly) -> Explanation:
    return Explanation(
        _("“{path}”或它所在的文件夹是只读的。").format(path=visible(error.path)),
        _("什么都没有改动。"),
        _("请复制到可以写入的文件夹，再从那里打开或保存。"),
    )


@explain.register
def _not_replaced(error: errors.NotReplaced) -> Explanation:
    return Explanation(
        _("“{path}”是保险库、文件夹或设备，不能用导出的文件盖掉。").format(path=visible(error.path)),
        _("它没有改动，也没有导出。"),
        _("请换一个文件名。"),
    )


@explain.register
def _unreadable(error: errors.Unreadable) -> Explanation:
    return Explanation(
        _("读不了文件“{path}”（{reason}）。").format(path=visible(error.path), reason=visible(error.reason)),
        _("什么都没有改动。"),
        _("请确认文件还在、没有被别的程序占用，并且您有权读取。"),
    )


@explain.register
def _write_failed(error: errors.WriteFailed) -> Explanation:
    return Explanation(
        _("写不了文件“{path}”（{reason}）。").format(path=visible(error.path), reason=visible(error.reason)),
        _("原来的文件没有改动。"),
        _("请确认磁盘还在、文件没有被别的程序占用，然后再试。"),
    )


@explain.register
def _backup_folder_gone(error: errors.BackupFolderGone) -> Explanation:
    return Explanation(
        _("所选的备份文件夹“{path}”现在不在。").format(path=visible(error.path)),
        _("保险库没有受影响，以前的备份也没有动；只是这一份没有存到那里。"),
        _("请插上U盘或连上网络盘，再备份一次，或换一个文件夹。"),
    )


@explain.register
def _vault_newer(error: errors.VaultNewer) -> Explanation:
    return Explanation(
        _("这个保险库由更新的版本写成（格式{found}，本程序认识到{known}）。").format(
            found=error.found, known=error.known
        ),
        _("文件没有改动。"),
        _("请安装新版程序后再打开。"),
    )


@explain.register
def _vault_damaged(error: errors.VaultDamaged) -> Explanation:
    return Explanation(
        _("保险库“{path}”有损坏（{what}）。").format(path=visible(error.path.name), what=visible(error.what)),
        _("程序没有改动这个文件；损坏以外的部分可能还读得出。"),
        _("请先复制一份保存，再用最近的备份打开。"),
    )


@explain.register
def _passphrase_too_short(error: errors.PassphraseTooShort) -> Explanation:
    return Explanation(
        _("口令太短，至少要{shortest}个字符。").format(shortest=error.shortest),
        _("还没有建立保险库。"),
        _("请换一个更长的口令，几个不相干的词连起来就很好记。"),
    )


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
def _too_large(error: errors.EvidenceTooLarge) -> Explanation:
    return Explanation(
        _("“{name}”有{size}，超过佐证上限{limit}。").format(
            name=visible(error.path.name), size=size_text(error.size), limit=size_text(error.limit)
        ),
        _("文件没有存进保险库。"),
        _("可以压缩或拆分文件，登记为纸质佐证，或在设置里调高上限。"),
    )


@explain.register
def _empty(error: errors.EvidenceEmpty) -> Explanation:
    return Explanation(
        _("“{name}”是空文件。").format(name=visible(error.path.name)),
        _("文件没有存进保险库。"),
        _("请选有内容的文件。"),
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
def _recovery_code_wrong(error: errors.RecoveryCodeWrong) -> Explanation:
    numbers = "、".join(map(str, error.groups))
    if error.newer:
        happened, advice = _("这是更新版本的恢复码，本程序还读不了。"), _("请安装新版程序后再用。")
    elif error.found != GROUPS:
        happened = _("恢复码有{all}组，这里是{found}组。").format(all=GROUPS, found=error.found)
        advice = _("请对照纸面，看是漏了还是多了一组；第{first}组起对不上。").format(
            first=error.groups[0] if error.groups else min(error.found, GROUPS) + 1
        )
    elif error.groups:
        happened = _("恢复码的第{numbers}组不对。").format(numbers=numbers)
        advice = _("请对照纸面逐个字符核对；码里没有字母I、L、O、U。")
    else:
        happened = _("恢复码的每一组单独看都对，合在一起不对。")
        advice = _("可能混进了另一张纸上的组，或一组里错了不止一处；请对照纸面从头核对。")
    return Explanation(happened, _("什么都没有改动。"), advice)


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
def _vault_missing(_error: errors.VaultMissing) -> Explanation:
    return Explanation(
        _("那个位置没有文件。"), _("什么都没有改动。"), _("文件可能移走了，或U盘没有插上；请重新选择。")
    )


@explain.register
def _vault_exists(_error: errors.VaultExists) -> Explanation:
    return Explanation(
        _("那里已经有一个同名文件。"), _("它没有改动，新的保险库也没有建立。"), _("请换一个文件名或文件夹。")
    )


@explain.register
def _not_a_vault(_error: errors.NotAVault) -> Explanation:
    return Explanation(_("这不是保险库文件。"), _("文件没有改动。"), _("请选扩展名为.tsg的文件。"))


@explain.register
def _wrong_passphrase(_error: errors.WrongPassphrase) -> Explanation:
    return Explanation(
        _("口令不对，打不开这个保险库。"),
        _("文件没有改动。"),
        _("请检查大小写和输入法；若确信口令无误，文件开头可能已损坏，请用备份打开。"),
    )


@explain.register
def _vault_in_use(error: errors.VaultInUse) -> Explanation:
    if error.elsewhere:
        return Explanation(
            _("电脑“{host}”上的{account}从{since}起开着这个保险库。").format(
                host=visible(error.host), account=visible(error.account), since=_moment(error.since)
            ),
            _("文件没有改动。两台电脑同时改，会各存各的，合不到一起。"),
            _("请先在那台电脑上锁定；若那台电脑已经关机，可以选择仍然打开。"),
        )
    if error.account:
        return Explanation(
            _("{account}从{since}起开着这个保险库（电脑“{host}”）。").format(
                account=visible(error.account), since=_moment(error.since), host=visible(error.host)
            ),
            _("文件没有改动。"),
            _("请先在那个窗口里锁定或关闭，再从这里打开。"),
        )
    return Explanation(
        _("这个保险库正在别的窗口或程序里打开。"),
        _("文件没有改动。"),
        _("请先在那里锁定或关闭，再从这里打开。"),
    )


def _moment(since: str) -> str:
    """A time of the journal as a clock on the wall shows it; as it is where it is none."""
    try:
        return f"{datetime.fromisoformat(since).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):
        return visible(since)


@explain.register
def _vault_replaced(error: errors.VaultReplaced) -> Explanation:
    happened = (
        _("“{path}”已经不在原来的位置（移走、删除，或U盘拔掉了）。")
        if error.missing
        else _("“{path}”在打开以后被别的程序换掉或改动过，可能是网盘同步。")
    )
    if error.saved is not None:
        return Explanation(
            happened.format(path=visible(error.path)),
            _("那里现有的文件没有动；这里的内容已经另存为“{saved}”。").format(saved=visible(error.saved)),
            _("请分别打开两份文件比较，留下要用的那一份。"),
        )
    return Explanation(
        happened.format(path=visible(error.path)),
        _("刚才的修改没有写进去；那里现有的文件没有动，到此前为止的内容还在这个窗口里。"),
        _("请马上把这里的内容另存一份，再锁定，然后比较两份文件。"),
    )


@explain.register
def _vault_closed(_error: errors.VaultClosed) -> Explanation:
    return Explanation(_("保险库已经锁定。"), _("锁定前保存的内容都在。"), _("请用口令重新打开。"))


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
def _cancelled(_error: errors.Cancelled) -> Explanation:
    return Explanation(_("已取消。"), _("没有留下未完成的内容。"), "")
