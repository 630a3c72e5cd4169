"""The blank checklist out, on paper or as a workbook, and the answers typed from it back in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tsguard.cli.module_commands import force_option, keep_existing, modules, out_option
from tsguard.cli.opened import WayIn, opened, vault_argument, way_in_options
from tsguard.cli.program import InputAtFault, program
from tsguard.cli.progress import progress
from tsguard.cli.terminal import FilePath, say
from tsguard.domain.worksheet import place_words, sheet_code
from tsguard.errors import Unreadable
from tsguard.i18n import _
from tsguard.services import own_content, paper
from tsguard.services.explain import size_text
from tsguard.services.session import Session, local_today
from tsguard.services.settings import own_folder


@modules.command("export")
@click.option("--pdf", "as_pdf", is_flag=True, help="给打印和手写用的PDF。")
@click.option("--xlsx", "as_book", is_flag=True, help="Excel工作簿。")
@click.option("--module", "chosen", multiple=True, help="行业模块编号，可重复；通用模块总在内。")
@out_option
@force_option
def modules_export(as_pdf: bool, as_book: bool, chosen: tuple[str, ...], target: Path, force: bool) -> None:
    """导出空白清单，带编号和表号，给不许带设备的会议室用；填好后用answers命令或在窗口里录回。"""
    if as_pdf == as_book:
        raise click.UsageError(_("请在--pdf和--xlsx中选一个。"))
    keep_existing(target, force=force)
    checklist = paper.blank_checklist(chosen, own_content.shelf(own_folder()))
    count = sum(1 for _item in checklist.items())
    if as_pdf:
        with progress(_("排空白清单")) as report:
            written = paper.blank_pdf(checklist, target, on=local_today(), progress=report)
        pages = _("{pages}页，").format(pages=written.pages)
        path, size = written.path, written.size
    else:
        book = paper.blank_workbook(checklist, target)
        pages, path, size = "", book.path, book.size
    facts = _("{path}（{count}条，{pages}{size}，表号{code}）")
    say(facts.format(path=path, count=count, pages=pages, size=size_text(size), code=sheet_code(checklist)))


@program.command()
@vault_argument
@click.argument("file", type=FilePath(path_type=Path, allow_dash=True))
@click.option("--sheet", "code", default="", help="纸上的表号；文件里写了的不用给。")
@click.option("--overwrite", is_flag=True, help="已有作答与纸上不同的，以纸上为准。")
@click.option("--partial", is_flag=True, help="有误的行跳过，其余照样录入。")
@click.option("--dry-run", is_flag=True, help="只核对，不录入。")
@way_in_options
def answers(
    vault: Path,
    file: Path,
    code: str,
    overwrite: bool,
    partial: bool,
    dry_run: bool,
    way_in: WayIn,
) -> None:
    """录入纸上或Excel里的作答。FILE是填好的工作簿，或每行一条的文本（“-”读标准输入）。

    文本的写法：“17 1 备注”或“HRM-05 部分 备注”；只写编号的，要有“表号 XXXXXX”一行或--sheet。
    """
    # Before the vault is opened: a file that can't be read needs no passphrase.
    piped = str(file) == "-"
    typed = paper.typed_lines(_standard_input(), code) if piped else paper.read_sheet(file, code)
    with opened(vault, way_in) as session:
        found = paper.compare(session, typed)
        for change in found.overwriting:
            say(_change_line(change, overwrite=overwrite))
        for row in found.faults:
            say(paper.fault_sentence(row), error=True)
        refused = bool(found.faults) and not partial
        if not (refused or dry_run):
            paper.apply_answers(session, found, overwrite=overwrite)
        _say_counts(session, found, overwrite=overwrite, stored=not (refused or dry_run))
    if found.faults:
        kept = _("其余的已录入。") if not (refused or dry_run) else _("没有录入任何内容。")
        raise InputAtFault(_("有误的{count}行；").format(count=len(found.faults)) + kept)


def _say_counts(session: Session, found: paper.PaperAnswers, *, overwrite: bool, stored: bool) -> None:
    left = _("覆盖") if overwrite else _("不同而保留原答")
    say(
        _("新录入{new}条，{left}{others}条，相同{same}条，有误{faults}行。").format(
            new=len(found.new),
            left=left,
            others=len(found.overwriting),
            same=found.unchanged,
            faults=len(found.faults),
        )
    )
    if found.foreign:
        ours, others = sheet_code(session.checklist), "、".join(found.foreign)
        say(_("表号{code}不是本次自评的{ours}，只认条款号。").format(code=others, ours=ours))
    if stored:
        say(_("还有{count}条未答。").format(count=session.unanswered))
    else:
        say(_("没有录入。"))


def _change_line(change: paper.PaperChange, *, overwrite: bool) -> str:
    kept = _("以纸上为准") if overwrite else _("保留原答")
    place, words = place_words(change.sheet, change.place), paper.change_words(change)
    return _("{place} {item}：{words}，{kept}").format(
        place=place, item=change.after.item, words=words, kept=kept
    )


def _standard_input() -> str:
    """The typed lines; the passphrase has to come from a file then."""
    data = sys.stdin.buffer.read(paper.LARGEST_TEXT_FILE + 1)
    if len(data) > paper.LARGEST_TEXT_FILE:
        raise Unreadable(Path("-"), _("太大，不像录入的作答"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(Path("-"), _("不是UTF-8文字")) from error
