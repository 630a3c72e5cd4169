"""Words for errors of files and folders."""

from __future__ import annotations

from tsguard import errors
from tsguard.i18n import _
from tsguard.services.explanation import Explanation, explain
from tsguard.services.visible import visible


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
def _name_refused(error: errors.NameRefused) -> Explanation:
    return Explanation(
        _("Windows不能用“{name}”作文件名。").format(name=visible(error.path.name)),
        _("什么都没有写，已有的文件没有改动。"),
        _(
            '请换一个名字：不要含有 : * ? " < > | 这些字符，不要以点或空格结尾，'
            "也不要用CON、NUL、AUX、COM1这类留给设备的名字。"
        ),
    )


@explain.register
def _file_held(error: errors.FileHeld) -> Explanation:
    return Explanation(
        _("“{path}”正被别的程序占用，等了一会儿还是没有放开。").format(path=visible(error.path)),
        _("原来的文件没有改动，这一步没有完成。"),
        _(
            "请关掉正在用它的程序（例如看PDF的软件、Word、Excel），或等杀毒软件扫描完，再试一次；"
            "导出时也可以换一个文件名。若没有程序在用它，请确认您有权改那个文件夹里的文件。"
        ),
    )


@explain.register
def _backup_folder_gone(error: errors.BackupFolderGone) -> Explanation:
    return Explanation(
        _("所选的备份文件夹“{path}”现在不在。").format(path=visible(error.path)),
        _("保险库没有受影响，以前的备份也没有动；只是这一份没有存到那里。"),
        _("请插上U盘或连上网络盘，再备份一次，或换一个文件夹。"),
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
def _file_too_large(error: errors.FileTooLarge) -> Explanation:
    return Explanation(
        _("文件超过{limit}，太大了。").format(limit=size_text(error.limit)),
        _("没有读入，文件没有改动。"),
        _("请确认选对了文件。"),
    )


@explain.register
def _empty(error: errors.EvidenceEmpty) -> Explanation:
    return Explanation(
        _("“{name}”是空文件。").format(name=visible(error.path.name)),
        _("文件没有存进保险库。"),
        _("请选有内容的文件。"),
    )


@explain.register
def _cancelled(_error: errors.Cancelled) -> Explanation:
    return Explanation(_("已取消。"), _("没有留下未完成的内容。"), "")
