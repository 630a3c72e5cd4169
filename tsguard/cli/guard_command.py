"""What the leak guard looks for in a vault, one string a line."""

from __future__ import annotations

from pathlib import Path

import click

from tsguard.cli.opened import WayIn, opened, vault_argument, way_in_options
from tsguard.cli.terminal import plain, say_row
from tsguard.cli.vault_commands import vault as vault_group
from tsguard.i18n import _
from tsguard.services.leak_guard import protected_in, rule_words, source_words, unsought_words


@vault_group.command("protected")
@vault_argument
@click.option("--sources", is_flag=True, help="每行后面加上出处，用制表符隔开。")
@way_in_options
def vault_protected(vault: Path, sources: bool, way_in: WayIn) -> None:
    """导出前自查要找的字串，一行一个；太短等原因不查的，列在错误输出里。"""
    with opened(vault, way_in) as session:
        strings = protected_in(session)
    rows = dict.fromkeys(
        (each.text, source_words(each.source)) if sources else (each.text,)
        for each in strings
        if each.unsought is None
    )
    for row in rows:
        say_row(*row)
    _note(_("共{count}条，报送版写出前逐条查找。").format(count=len(rows)) + rule_words())
    for each in strings:
        if each.unsought is not None:
            left_out = _("不查：{text}（{source}，{why}）")
            why = unsought_words(each.unsought)
            _note(left_out.format(text=each.text, source=source_words(each.source), why=why))
    _note(_("这些是内部内容，离开保险库后不加密；请只交给应当看的人。"))


def _note(sentence: str) -> None:
    """Apart from the output, so that a pipe has the strings alone."""
    click.echo(plain(sentence), err=True)
