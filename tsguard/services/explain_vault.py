"""Words for errors about one vault and what opens it."""

from __future__ import annotations

from datetime import datetime

from tsguard import errors
from tsguard.domain.recovery_code import GROUPS
from tsguard.i18n import _
from tsguard.services.explanation import Explanation, explain
from tsguard.services.moments import moment_text
from tsguard.services.visible import visible


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
        _("保险库“{path}”有损坏（{what}）。").format(
            path=visible(error.path.name), what=damage_words(error.what)
        ),
        _("程序没有改动这个文件；损坏以外的部分可能还读得出。"),
        _("请先复制一份保存，再检查这个文件，或者从最近的备份恢复。"),
    )


@explain.register
def _passphrase_too_short(error: errors.PassphraseTooShort) -> Explanation:
    return Explanation(
        _("口令太短，至少要{shortest}个字符。").format(shortest=error.shortest),
        _("什么都没有建立，也没有改动。"),
        _("请换一个更长的口令，几个不相干的词连起来就很好记。"),
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
        return moment_text(datetime.fromisoformat(since))
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
        _("此后的修改都没有写进去；那里现有的文件没有动，此前的内容还在这个窗口里。"),
        _("请马上锁定：锁定时把这里的内容另存一份，然后可以比较两份文件。"),
    )


@explain.register
def _vault_closed(_error: errors.VaultClosed) -> Explanation:
    return Explanation(_("保险库已经锁定。"), _("锁定前保存的内容都在。"), _("请用口令重新打开。"))


def damage_words(what: str) -> str:
    """Which part is damaged, for people; ``what`` is an attribute of ``VaultDamaged``."""
    kind, _space, number = what.rpartition(" ")
    if kind.endswith("page") or what.startswith("HMAC"):
        digits = "".join(filter(str.isdecimal, number))
        return _("第{number}页").format(number=digits) if digits else _("数据页")
    if kind == "journal entry":
        return _("变更记录第{number}条").format(number=visible(number))
    fixed = {
        "header": _("文件开头"),
        "length": _("文件长度"),
        "tables": _("内部目录"),
        "format": _("格式标记"),
        "frozen text": _("清单文字"),
        "programme": _("申报方案"),
        "enterprise": _("企业档案"),
        "assessment": _("自评"),
        "answer": _("作答"),
        "evidence": _("佐证"),
        "secret_point": _("秘点"),
        "form_value": _("申报表"),
        "rectification": _("整改任务"),
        "issued_document": _("出具记录"),
        "clearance": _("放行记录"),
        "setting": _("保险库的设置"),
        "sequence": _("编号"),
        "index": _("检索目录"),
        "journal": _("变更记录"),
        "text": _("文字"),
        "log": _("旁边的-wal文件"),
    }
    if what in fixed:
        return fixed[what]
    if what.startswith("SQLITE"):
        return _("文件内部")
    first = what.partition(" ")[0]
    if first == "file":
        return _("存入文件的内容")
    return fixed.get(first, visible(what))
