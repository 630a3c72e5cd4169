"""What was changed in a vault, and what its checklist said on a past day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from tsguard.cli.day import day_option
from tsguard.cli.opened import WayIn, opened, vault_argument, way_in_options
from tsguard.cli.program import refuse_input
from tsguard.cli.terminal import FilePath, plain, say, say_row
from tsguard.cli.vault_commands import vault as vault_group
from tsguard.i18n import _
from tsguard.services import history_tables as tables
from tsguard.services.history_digest import finding_words
from tsguard.services.history_lines import HistoryQuery
from tsguard.services.history_past import PastState
from tsguard.services.history_words import HistoryKind, kind_word
from tsguard.services.plain_copy import write_csv
from tsguard.services.session import Session, local_today

_KINDS = {
    "answer": HistoryKind.ANSWER,
    "evidence": HistoryKind.EVIDENCE,
    "point": HistoryKind.POINT,
    "profile": HistoryKind.PROFILE,
    "checklist": HistoryKind.CHECKLIST,
    "form": HistoryKind.FORM,
    "rectification": HistoryKind.RECTIFICATION,
    "issued": HistoryKind.ISSUED,
    "clearance": HistoryKind.CLEARANCE,
    "setting": HistoryKind.SETTING,
    "vault": HistoryKind.VAULT,
    "other": HistoryKind.OTHER,
}


def _past_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A day that is not still to come."""
    day = day_option(ctx, param, value)
    if day is not None and day > local_today():
        raise click.BadParameter(_("还没有到{day}这一天。").format(day=day.isoformat()))
    return day


@vault_group.command("history")
@vault_argument
@click.option("--since", callback=day_option, metavar="YYYY-MM-DD", help="从这一天起（当地时间）。")
@click.option("--until", callback=day_option, metavar="YYYY-MM-DD", help="到这一天为止（含当天）。")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(_KINDS)), help="只看这一类，可重复。")
@click.option("--as-of", "day", callback=_past_day, metavar="YYYY-MM-DD", help="改看这一天结束时的清单。")
@click.option(
    "--digest", metavar="摘要", help="查报告上印的末条摘要是第几条，至少开头8位；查不到时退出码为1。"
)
@click.option("--csv", "target", type=FilePath(path_type=Path, dir_okay=False), help="另存为CSV文件。")
@way_in_options
def vault_history(
    vault: Path,
    since: date | None,
    until: date | None,
    kinds: tuple[str, ...],
    day: date | None,
    digest: str | None,
    target: Path | None,
    way_in: WayIn,
) -> None:
    """变更记录：谁在什么时候改了什么；某一天的清单；报告出自第几条。"""
    if digest is not None and (since or until or kinds or day or target):
        raise click.UsageError(_("--digest不能与别的选项一起用。"))
    if day is not None and (since or until or kinds):
        raise click.UsageError(_("--as-of不能与--since、--until、--kind一起用。"))
    if since and until and since > until:
        raise click.UsageError(_("--since晚于--until，这样一条也找不到。"))
    if target is not None:
        refuse_input(target, vault, way_in.file)
    query = HistoryQuery(kinds=tuple(_KINDS[kind] for kind in kinds), since=since, until=until)
    with opened(vault, way_in) as session:
        if digest is not None:
            _find(session, digest)
        elif day is None:
            _lines(session, query, target)
        else:
            _past(session, session.history.as_of(day), target)


def _find(session: Session, digest: str) -> None:
    found = session.history.find_digest(digest)
    say(str(finding_words(found)))
    if not found.found:
        click.get_current_context().exit(1)


def _lines(session: Session, query: HistoryQuery, target: Path | None) -> None:
    history = session.history
    if target is not None:
        _write(target, tables.lines_table(history.all(query)))
        return
    _warn()
    count = 0
    for line in history.all(query):
        count += 1
        say_row(tables.numbers_text(line), tables.time_text(line), line.who, kind_word(line.kind), line.text)
    if not count:
        say(_("没有这样的变更。"))


def _past(session: Session, state: PastState, target: Path | None) -> None:
    if not state.entries:
        first = session.history.first_day()
        sentence = _("{day}那天保险库里还没有记录；最早的是{first}。")
        say(sentence.format(day=state.day.isoformat(), first=first.isoformat() if first else "–"))
        return
    if target is not None:
        _write(target, tables.past_table(state))
        return
    _warn()
    for name, value in tables.past_facts(state):
        say(f"{name}：{value}")
    say(_("到现在判定有变化的：{count}条").format(count=len(state.changed)))
    for each in state.items:
        marks = _("有变化") if each.changed else ""
        say_row(each.item.id, tables.then_word(each), tables.now_word(each), marks, each.item.text)


def _write(target: Path, table: Iterable[tuple[str, ...]]) -> None:
    rows = list(table)
    write_csv(target, rows)
    say(_("已写入{path}。").format(path=target))
    _warn()


def _warn() -> None:
    """Where it goes from here nobody can say; apart from the output, so that a pipe stays clean."""
    sentence = _("这些是内部内容，离开保险库后不加密；请只交给应当看的人。")
    click.echo(plain(sentence), err=True)
