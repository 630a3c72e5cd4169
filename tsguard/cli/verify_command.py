"""Whether a PDF is as it was exported, and whether its score adds up; needs no vault.

Exit codes: 0 as exported, 1 changed or in doubt, 2 nothing that can be verified: another's file, a damaged
or a locked one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tsguard.cli.passphrase import passphrase_from
from tsguard.cli.program import program
from tsguard.cli.terminal import FilePath, say, say_row
from tsguard.errors import FileTooLarge, Unreadable
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.visible import unseen

if TYPE_CHECKING:
    from tsguard.services.verified_file import Severity, VerifiedDocument, VerifiedFile

_NOT_VERIFIED = 2


@program.command("verify")
@click.argument("file", type=FilePath(path_type=Path))
@click.option(
    "--passphrase-file",
    type=FilePath(path_type=Path),
    help="打开加密PDF的口令从这个文件读（UTF-8，末尾一个换行不算）；不给时需要才在终端询问。",
)
@click.option("--json", "as_json", is_flag=True, help="输出JSON。")
@click.pass_context
def verify_command(ctx: click.Context, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """核验导出的PDF：与导出时是否一致，分数能否重新加出来；不需要保险库。

    退出码：0一致，1不一致或不能确认，2不是可以核验的文件。
    """
    from tsguard.services.verified_file import Outcome  # noqa: PLC0415 - start-up time
    from tsguard.services.verify import verify  # noqa: PLC0415 - start-up time

    passphrase = None if passphrase_file is None else passphrase_from(passphrase_file, confirm=False)
    try:
        found = verify(file, passphrase=passphrase)
    except (FileTooLarge, Unreadable) as error:
        say(str(explain(error)), error=True)
        ctx.exit(_NOT_VERIFIED)
    if found.outcome is Outcome.LOCKED and passphrase_file is None and not as_json:
        found = verify(file, passphrase=passphrase_from(None, confirm=False, asking=_("这份PDF的口令")))
    if as_json:
        click.echo(_as_json(_facts(found)))
    else:
        _show(file, found)
    codes = {Outcome.WHOLE: 0, Outcome.DOUBTFUL: 1, Outcome.CHANGED: 1}
    ctx.exit(codes.get(found.outcome, _NOT_VERIFIED))


def _show(file: Path, found: VerifiedFile) -> None:
    from tsguard.services import verify_words as words  # noqa: PLC0415 - start-up time

    result, meaning = words.outcome_words(found.outcome)
    say(_("{file}：{result}{meaning}").format(file=file, result=result, meaning=meaning))
    say(f"SHA-256：{found.sha256}")
    for finding in found.findings:
        said = words.finding_words(finding)
        say(f"{_mark(finding.severity)} {said.checked}：{said.result}{said.meaning}")
    for signature in found.signatures:
        say("  " + words.signature_words(signature))
    for document in found.documents:
        say("")
        for name, value in words.document_facts(document):
            say(f"{name}：{value}")
        _show_score(document)
        for match in document.contents:
            say("  " + words.content_words(match))


def _show_score(document: VerifiedDocument) -> None:
    from tsguard.services import verify_words as words  # noqa: PLC0415 - start-up time

    say_row(_("单元"), _("满分"), _("所写自评/有据"), _("重加自评/有据"), _("一致"))
    for unit in document.readded.units:
        say_row(
            unit.title,
            str(unit.points),
            "/".join(map(words.points_text, unit.stated or (None, None))),
            "/".join(map(words.points_text, unit.found or (None, None))),
            _yes(equal=unit.equal),
        )
    for total in document.readded.totals:
        say_row(
            words.lane_word(total.lane),
            "100",
            f"{words.points_text(total.stated)} {total.stated_band}",
            f"{words.points_text(total.found)} {total.found_band}",
            _yes(equal=total.equal),
        )
    for doubt in words.doubt_words(document.readded):
        say(f"× {doubt}")


def _yes(*, equal: bool) -> str:
    return _("是") if equal else _("否")


def _mark(severity: Severity) -> str:
    return {"good": "√", "note": "·", "doubt": "△", "bad": "×"}[severity]


def _as_json(facts: dict[str, Any]) -> str:
    """JSON that a terminal can't be commanded by: what is unseen stands as an escape."""
    text = json.dumps(facts, ensure_ascii=False, indent=2)
    return "".join(json.dumps(each)[1:-1] if each != "\n" and unseen(each) else each for each in text)


def _facts(found: VerifiedFile) -> dict[str, Any]:
    """What was found as plain data; points are whole tenths."""
    return {
        "outcome": found.outcome,
        "sha256": found.sha256,
        "size": found.size,
        "pages": found.pages,
        "findings": [
            {"result": each.result, "severity": each.severity, **each.facts} for each in found.findings
        ],
        "signatures": [
            {
                "signer": each.signer,
                "issuer": each.issuer,
                "stated_at": each.stated_at.isoformat() if each.stated_at else None,
                "holds": each.holds,
                "whole": each.whole,
            }
            for each in found.signatures
        ],
        "documents": list(_documents(found)),
    }


def _documents(found: VerifiedFile) -> Iterator[dict[str, Any]]:
    for each in found.documents:
        yield {
            "number": each.number,
            "kind": each.kind,
            "edition": each.level,
            "date": each.on.isoformat(),
            "company": each.company,
            "programme": each.programme,
            "official": each.official,
            "program_version": each.program_version,
            "journal_head": each.journal_head,
            "data_sha256": each.data_sha256,
            "on_paper": each.on_paper,
            "adds_up": each.readded.adds_up,
            "units": [
                {
                    "id": unit.id,
                    "points": unit.points,
                    "sector": unit.sector,
                    "stated_tenths": unit.stated,
                    "found_tenths": unit.found,
                    "equal": unit.equal,
                }
                for unit in each.readded.units
            ],
            "totals": [
                {
                    "lane": total.lane,
                    "stated_tenths": total.stated,
                    "found_tenths": total.found,
                    "equal": total.equal,
                }
                for total in each.readded.totals
            ],
            "doubts": [{"kind": kind, "ids": ids} for kind, ids in each.readded.doubts],
            "contents": [
                {
                    "kind": match.kind,
                    "id": match.id,
                    "version": match.version,
                    "sha256": match.sha256,
                    "here": match.here,
                    "here_version": match.here_version,
                }
                for match in each.contents
            ],
        }
