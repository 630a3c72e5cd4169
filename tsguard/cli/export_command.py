"""The dossier's documents as files, looked through by the leak guard before any of them is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsguard.cli.day import day_option
from tsguard.cli.module_commands import force_option
from tsguard.cli.opened import WayIn, opened, vault_argument, way_in_options
from tsguard.cli.passphrase import passphrase_from
from tsguard.cli.program import InputAtFault, program, refuse_input
from tsguard.cli.progress import progress
from tsguard.cli.terminal import FilePath, say
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind, Edition, IssuedDocument
from tsguard.domain.leaks import Hit
from tsguard.domain.words import document_word, level_word
from tsguard.errors import TSGuardError
from tsguard.i18n import _
from tsguard.services.explain import explain, size_text
from tsguard.services.session import Session, local_today

if TYPE_CHECKING:
    from tsguard.services.dossier import Made, Order

_KEY_SHOWN = 12


@program.command()
@vault_argument
@click.option(
    "--level",
    type=click.Choice([level.value for level in Level]),
    required=True,
    help="submission报送版，internal内部版。",
)
@click.option(
    "--document",
    "chosen",
    multiple=True,
    type=click.Choice([kind.value for kind in CHOSEN]),
    help="application申报书，report自评报告（默认），rectification整改计划，exhibits佐证目录，plan操作方案，"
    "method复核说明；可重复。",
)
@click.option("--all", "every", is_flag=True, help="这个级别有的材料全部导出。")
@click.option(
    "--out",
    "target",
    required=True,
    type=FilePath(path_type=Path),
    help="写到哪里：一个文件给文件名，多个文件给文件夹。",
)
@click.option("--date", "on", callback=day_option, metavar="YYYY-MM-DD", help="印在材料上的日期，默认今天。")
@click.option("--docx", is_flag=True, help="申报书、自评报告、整改计划另出可编辑的Word文件。")
@click.option("--bound", is_flag=True, help="装订成一个PDF。")
@click.option("--with-evidence", is_flag=True, help="把PDF和图片佐证的各页装订在佐证目录的封面后面。")
@click.option(
    "--locked-passphrase-file",
    type=FilePath(path_type=Path),
    help="另出要口令才能打开的副本，从这个文件读口令。",
)
@click.option("--sign", "certificate", type=FilePath(path_type=Path), help="用这个PKCS#12证书作电子签名。")
@click.option("--sign-passphrase-file", type=FilePath(path_type=Path), help="证书的口令所在的文件。")
@click.option(
    "--clear",
    "cleared",
    multiple=True,
    metavar="编号",
    help="放行这一处或同一串的各处疑似泄密，编号见上一次的提示；可重复。",
)
@click.option("--reason", default="", help="放行的理由，记入变更记录。")
@force_option
@way_in_options
def export(
    vault: Path,
    level: str,
    chosen: tuple[str, ...],
    every: bool,
    target: Path,
    on: date | None,
    docx: bool,
    bound: bool,
    with_evidence: bool,
    locked_passphrase_file: Path | None,
    certificate: Path | None,
    sign_passphrase_file: Path | None,
    cleared: tuple[str, ...],
    reason: str,
    force: bool,
    way_in: WayIn,
) -> None:
    """导出申报材料。写出以前逐页查找保险库里的秘点、姓名、备注等，有未处理的就不写。"""
    from tsguard.services.dossier import Order, Signing  # noqa: PLC0415 - start-up time

    refuse_input(target, vault, way_in.file, locked_passphrase_file, certificate, sign_passphrase_file)
    if bool(cleared) != bool(reason.strip()):
        raise click.UsageError(_("--clear和--reason要一起给。"))
    if certificate is None and sign_passphrase_file is not None:
        raise click.UsageError(_("--sign-passphrase-file要和--sign一起给。"))
    signing = None
    if certificate is not None:
        asking = _("证书的口令")
        secret = passphrase_from(sign_passphrase_file, confirm=False, asking=asking)
        signing = Signing(certificate, secret)
    order = Order(
        _editions(Level(level), chosen, every=every),
        on or local_today(),
        docx=docx,
        bound=bound,
        with_evidence=with_evidence,
        passphrase=passphrase_from(locked_passphrase_file, confirm=False) if locked_passphrase_file else None,
        signing=signing,
    )
    with opened(vault, way_in) as session:
        export_order(session, order, target, cleared=cleared, reason=reason, force=force)


def export_order(
    session: Session,
    order: Order,
    target: Path,
    *,
    cleared: Iterable[str] = (),
    reason: str = "",
    force: bool = True,
) -> None:
    """Make an order's files, look them through, write and record them, and say where they are.

    Args:
        session: An open one.
        order: What is to be made.
        target: The file of a single one, else the folder.
        cleared: Beginnings of the keys of hits to let pass, or of the groups of hits.
        reason: Why they may.
        force: Whether older files are replaced.

    Raises:
        InputAtFault: There are open hits, or files in the way, and nothing is written; or the files are
            there, and the register could not take them.
        TSGuardError: The files can't be made or written.
    """
    from tsguard.services import dossier, issuing  # noqa: PLC0415 - start-up time
    from tsguard.services.leak_guard import beyond_snapshot  # noqa: PLC0415 - start-up time

    with progress(_("生成申报材料")) as report:
        made = dossier.make(
            session.snapshot(),
            order,
            clearances=issuing.cleared_keys(session),
            contents=session.cabinet.read,
            also=beyond_snapshot(session),
            progress=report,
        )
    made = _let_pass(session, issuing.named(made, target), tuple(cleared), reason, order.on)
    if made.open_hits:
        raise InputAtFault(_hit_lines(made.open_hits), lines=True)
    in_the_way = issuing.taken(made, target)
    if in_the_way and not force:
        names = _("、").join(path.name for path in in_the_way)
        raise InputAtFault(_("已有同名文件：{names}。要替换请加--force。").format(names=names))
    for piece, words in made.unread.items():
        say(_("佐证{id}：{words}").format(id=piece, words=words), error=True)
    if made.certificate is not None and made.certificate.warning:
        say(made.certificate.warning, error=True)
    issued = issuing.write(made, target)
    for path, each in zip(issuing.places(made, target), issued, strict=True):
        say(_line(path, each))
    try:
        issuing.record(session, issued)
    except TSGuardError as error:
        said = explain(error)
        words = _("{happened}文件都在，但没有记进出具记录。{advice}")
        told = words.format(happened=said.happened, advice=said.advice)
        raise InputAtFault(told, lines=True) from error


def every_edition(level: Level) -> tuple[Edition, ...]:
    """Every document that has an edition of a level, in the order in which they are handed in."""
    return tuple(Edition(kind, level) for kind in CHOSEN if level in LEVELS[kind])


def _editions(level: Level, chosen: tuple[str, ...], *, every: bool) -> tuple[Edition, ...]:
    if every and chosen:
        raise click.UsageError(_("--all和--document只能给一个。"))
    if every:
        return every_edition(level)
    kinds = [DocumentKind(each) for each in dict.fromkeys(chosen)] or [DocumentKind.REPORT]
    for kind in kinds:
        if level not in LEVELS[kind]:
            words = _("{document}没有{level}。")
            raise click.UsageError(words.format(document=document_word(kind), level=level_word(level)))
    return tuple(Edition(kind, level) for kind in kinds)


def _let_pass(session: Session, made: Made, cleared: tuple[str, ...], reason: str, on: date) -> Made:
    from tsguard.services import issuing  # noqa: PLC0415 - start-up time

    hits: dict[str, Hit] = {}
    for start in cleared:
        found = _meant(made.open_hits, start.lower())
        if not found:
            raise InputAtFault(_("没有编号为{key}的疑似泄密。").format(key=start))
        hits |= {hit.key: hit for hit in found}
    if not hits:
        return made
    issuing.clear(session, hits.values(), reason, on)
    return made.without(frozenset(hits))


def _meant(hits: tuple[Hit, ...], start: str) -> list[Hit]:
    """The hit with this beginning of a key, or all of the group with it; none where it is too short."""
    if len(start) < _KEY_SHOWN:
        return []
    found = [hit for hit in hits if hit.key.startswith(start)]
    if found:
        return found if len(found) == 1 else []
    found = [hit for hit in hits if hit.group.startswith(start)]
    return found if len({hit.group for hit in found}) == 1 else []


def _hit_lines(hits: tuple[Hit, ...]) -> str:
    from tsguard.services.leak_guard import place_words, source_words  # noqa: PLC0415 - start-up time

    lines = [_("发现{count}处疑似泄密，没有写出任何文件。").format(count=len(hits))]
    for hit in hits:
        words = _("{key}　{document}，{place}：“{quote}”，来自{source}")
        lines.append(
            words.format(
                key=hit.key[:_KEY_SHOWN],
                document=document_word(hit.kind),
                place=place_words(hit.place),
                quote=hit.quote,
                source=source_words(hit.source),
            )
        )
    for group, count in Counter(hit.group for hit in hits).items():
        if count > 1:
            source = next(source_words(hit.source) for hit in hits if hit.group == group)
            words = _("{key}　{source}里的同一串，以上{count}处一起放行用这个编号")
            lines.append(words.format(key=group[:_KEY_SHOWN], source=source, count=count))
    lines.append(_("请改掉保险库里的写法再导出；确实可以公开的，用--clear 编号 --reason 理由放行。"))
    return "\n".join(lines)


def _line(path: Path, issued: IssuedDocument) -> str:
    pages = _("{pages}页，").format(pages=issued.pages) if issued.pages else ""
    return _("{document}（{level}）：{path}（{pages}{size}，SHA-256 {sha256}）").format(
        document=document_word(issued.kind),
        level=level_word(issued.level),
        path=path,
        pages=pages,
        size=size_text(issued.size),
        sha256=issued.sha256,
    )
