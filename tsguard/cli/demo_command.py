"""The whole way with an invented company, in one command."""

from __future__ import annotations

import errno
import itertools
import os
import secrets
from pathlib import Path

import click

from tsguard.cli.export_command import every_edition, export_order
from tsguard.cli.outcome import print_scores
from tsguard.cli.passphrase import passphrase_from, passphrase_option
from tsguard.cli.program import program
from tsguard.cli.progress import progress
from tsguard.cli.terminal import FilePath, closing_kindly, say
from tsguard.domain.disclosure import Level
from tsguard.domain.words import level_word
from tsguard.errors import ReadOnly, WriteFailed
from tsguard.i18n import _
from tsguard.services.session import local_today


@program.command()
@click.option(
    "--out",
    "folder",
    required=True,
    type=FilePath(path_type=Path, file_okay=False),
    help="写到哪个文件夹。",
)
@passphrase_option
def demo(folder: Path, passphrase_file: Path | None) -> None:
    """用虚构的示例企业走完全程：建库、作答、评分、导出全套申报材料和内部版报告。

    文件夹里已有的示例不会被覆盖，新的加上序号；没有给口令文件时，生成一个口令并只显示这一次。
    """
    # The sample and its drawing are not needed by other commands' start.
    from tsguard.services.dossier import Order  # noqa: PLC0415 - start-up time
    from tsguard.services.sample import create_sample  # noqa: PLC0415 - start-up time

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refused = error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}
        raise ReadOnly(folder) if refused else WriteFailed(folder, error.strerror or "error") from error
    generated = passphrase_file is None
    passphrase = (
        "-".join(secrets.token_hex(3) for _each in range(4))
        if generated
        else passphrase_from(passphrase_file, confirm=False)
    )
    vault = _free_name(folder)
    if generated:
        # Before the vault is made: one whose passphrase nobody has seen is of no use.
        say(_("口令（只显示这一次）：{passphrase}").format(passphrase=passphrase))
    with progress(_("建立示例保险库")) as report:
        session = create_sample(vault, passphrase, progress=report)
    with closing_kindly(session):
        say(_("保险库：{path}").format(path=vault))
        print_scores(session)
        for level in (Level.SUBMISSION, Level.INTERNAL):
            order = Order(every_edition(level), local_today(), docx=True)
            export_order(session, order, _folder_of(vault, level), force=False)


def _free_name(folder: Path) -> Path:
    """A vault name in the folder that neither it nor its dossiers have yet: 示例.tsg, 示例2.tsg and so on."""
    names = itertools.chain(("示例.tsg",), (f"示例{number}.tsg" for number in itertools.count(2)))
    for vault in map(folder.joinpath, names):
        if not any(os.path.lexists(path) for path in (vault, *(_folder_of(vault, level) for level in Level))):
            return vault
    raise AssertionError


def _folder_of(vault: Path, level: Level) -> Path:
    return vault.with_name(f"{vault.stem}-{level_word(level)}")
