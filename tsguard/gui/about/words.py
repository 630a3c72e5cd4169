"""What is said of the program and of a part of it, as plain functions."""

from __future__ import annotations

from pathlib import Path

from tsguard import __version__
from tsguard.i18n import _
from tsguard.services.licences import Part

Paragraph = tuple[str, str]
"""A heading and what stands below it."""


def version_words() -> str:
    """Name and version on one line."""
    return _("商业秘密保护自评，版本{version}").format(version=__version__)


def about_program() -> tuple[Paragraph, ...]:
    """What the program is, what it is not, and that it stays at home."""
    return (
        (
            _("做什么"),
            _(
                "对照清单看清企业的商业秘密保护做到了哪一步、还差什么，备齐整改和申报用的材料。"
                "内容都存在您自己的加密文件里。"
            ),
        ),
        (
            _("不是什么"),
            _(
                "只作自评参考，不是行政认定，也不替代法律意见。"
                "分数由企业自己的回答和佐证算出，没有经过任何机关核定。"
            ),
        ),
        (
            _("不联网"),
            _(
                "不连接网络，不收集任何信息，也不自动检查更新。新版本由您自己取得，覆盖安装即可，保险库不受影响。"
            ),
        ),
    )


def facts_of(part: Part) -> tuple[Paragraph, ...]:
    """The lines over a part's licence text; a line that has nothing to say is left out."""
    lines = (
        (_("版本"), part.version),
        (_("包含在"), part.inside),
        (_("许可"), part.licence or _("见下面的全文")),
        (_("主页"), part.home),
    )
    return tuple(line for line in lines if line[1])


def exchange_words(part: Part, folder: Path) -> str:
    """What the LGPL wants everybody to know; "" for other licences.

    Args:
        part: The part.
        folder: Where the libraries lie.
    """
    if not part.exchangeable:
        return ""
    words = _(
        "{name}按LGPL 3.0使用。它的库是单独的文件，没有并进程序，就在这个文件夹里：{folder}。"
        "您可以换成自己改过的兼容版本；源代码可从它的主页取得。"
    )
    return words.format(name=part.name, folder=folder)


def licence_text(part: Part) -> str:
    """All texts of a part one below another, each under its own name where there are several."""
    if len(part.texts) == 1:
        return part.texts[0].text.strip("\n")
    return "\n\n\n".join(f"── {each.title} ──\n\n{each.text.strip(chr(10))}" for each in part.texts)
