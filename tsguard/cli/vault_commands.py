"""Making vaults, looking into them, and scoring what is in them.

The passphrase comes from a prompt or a file, never from an argument or the environment.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from tsguard.cli.opened import WayIn, opened, vault_argument, way_in_options
from tsguard.cli.outcome import print_scores
from tsguard.cli.passphrase import passphrase_from, passphrase_option
from tsguard.cli.program import program
from tsguard.cli.terminal import closing_kindly, say
from tsguard.domain.enterprise import Enterprise
from tsguard.i18n import _
from tsguard.services import content, own_content
from tsguard.services.explain import size_text
from tsguard.services.session import Session
from tsguard.services.settings import own_folder


@program.group()
def vault() -> None:
    """新建和查看保险库。"""


@vault.command("new")
@vault_argument
@click.option("--name", prompt="企业名称", help="企业名称，写进企业档案。")
@click.option("--module", "modules", multiple=True, help="行业模块编号，可重复；见modules list。")
@click.option("--programme", default="", help="申报方案编号；默认示例方案。")
@passphrase_option
def vault_new(
    vault: Path, name: str, modules: tuple[str, ...], programme: str, passphrase_file: Path | None
) -> None:
    """新建保险库，并按所选模块和方案定下自评清单。"""
    shelf = own_content.shelf(own_folder())
    for module in modules:
        shelf.module(module)
    shelf.programme(programme or content.SAMPLE_PROGRAMME)
    passphrase = passphrase_from(passphrase_file, confirm=True)
    session = Session.create(vault, passphrase, Enterprise(name=name))
    with closing_kindly(session):
        content.choose_modules(session, modules, shelf, programme=programme)
        items = sum(1 for _item in session.checklist.items())
    say(_("已建立{path}，清单{items}条。").format(path=vault, items=items))


@vault.command("info")
@vault_argument
@way_in_options
def vault_info(vault: Path, way_in: WayIn) -> None:
    """保险库的概况，并核对变更记录。"""
    with opened(vault, way_in) as session:
        info, entries = session.file.info(), session.file.verify_journal()
        assessment = session.assessment
        lines = [
            (_("文件"), str(info.path)),
            (_("大小"), size_text(info.size)),
            (_("格式"), str(info.format_version)),
            (_("口令算法档"), str(info.kdf_profile)),
            (_("建立于"), info.created_at),
            (_("企业"), session.enterprise.name),
            (_("自评"), assessment.title if assessment else _("还没有选定清单")),
            (_("作答"), str(info.answers)),
            (_("佐证"), str(info.evidence)),
            (_("秘点"), str(info.secret_points)),
            (_("整改任务"), str(info.rectifications)),
            (_("出具记录"), str(info.issued_documents)),
            (_("放行记录"), str(info.clearances)),
            (_("变更记录"), _("{entries}条，首尾相扣").format(entries=entries)),
            (_("末条摘要"), info.journal_head),
            (_("保险库编号"), session.file.lineage),
            (_("钥匙编号"), session.file.key_id),
        ]
    for name, value in lines:
        say(f"{name}：{value}")


@program.command()
@vault_argument
@click.option("--json", "as_json", is_flag=True, help="输出JSON。")
@way_in_options
def score(vault: Path, as_json: bool, way_in: WayIn) -> None:
    """算分：自评分、有据分、等级、否决项和差距。"""
    with opened(vault, way_in) as session:
        if as_json:
            from tsguard.cli.score_text import score_facts  # noqa: PLC0415 - start-up time

            click.echo(json.dumps(score_facts(session), ensure_ascii=False, indent=2))
        else:
            print_scores(session)
