"""The program's proof that it works as it is installed, and the facts that whoever helps asks for.

Exit codes: 0 everything passed, 1 something did not.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsguard.cli.program import InputAtFault, program
from tsguard.cli.terminal import FilePath, say
from tsguard.errors import from_os
from tsguard.i18n import _

if TYPE_CHECKING:
    from tsguard.services.self_test import Result, Window

_OFFSCREEN = "offscreen"


@program.command("self-test")
@click.option("--window/--no-window", "with_window", default=True, help="是否连窗口一起检查，默认检查。")
@click.option(
    "--platform",
    default=_OFFSCREEN,
    metavar="名称",
    help="窗口开在哪里：offscreen（默认，不显示）、windows、xcb。",
)
@click.option(
    "--keep",
    type=FilePath(path_type=Path, file_okay=False),
    help="把示例企业的报送版材料和窗口截图留在这个文件夹；保险库总是删除。",
)
@click.option(
    "--report", "report", type=FilePath(path_type=Path, dir_okay=False), help="把结果写成JSON文件。"
)
@click.option(
    "--facts", "only_facts", is_flag=True, help="只列出程序和电脑的版本，供求助时提供；没有姓名和路径。"
)
@click.pass_obj
def self_test(
    window: Callable[[], Window] | None,
    with_window: bool,
    platform: str,
    keep: Path | None,
    report: Path | None,
    only_facts: bool,
) -> None:
    """自检：用虚构的示例企业把程序走一遍，看装好的程序是否完好。不碰您的保险库和设置，不联网。

    退出码：0全部通过，1有没通过的。
    """
    from tsguard.services.program_facts import facts  # noqa: PLC0415 - start-up time

    shown = window if with_window else None
    more = [] if shown is None else [lambda: shown().facts()]
    if only_facts:
        for name, value in facts(more):
            say(_("{name}：{value}").format(name=name, value=value))
        return
    from tsguard.services import self_test as proof  # noqa: PLC0415 - start-up time
    from tsguard.services.plain_copy import write_chunks  # noqa: PLC0415 - start-up time

    if with_window and shown is None:
        say(_("这里没有窗口，只检查其余部分。"), error=True)
    if keep is not None:
        try:
            keep.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise from_os(keep, error) from error
    start = time.perf_counter()
    with proof.workplace() as bench:
        every = proof.checks(bench)
        if shown is not None:
            every = itertools.chain(every, proof.window_checks(shown, bench, platform))
        results = proof.run(every, bench, _tell)
    results += proof.run([proof.removal(bench)], bench, _tell)
    took = time.perf_counter() - start
    if keep is not None:
        for name, content in bench.papers.items():
            write_chunks(keep / name, (content,))
    if report is not None:
        told = {
            "passed": all(each.passed for each in results),
            "seconds": round(took, 1),
            "facts": dict(facts(more)),
            "checks": [asdict(each) for each in results],
            "papers": {name: hashlib.sha256(data).hexdigest() for name, data in bench.papers.items()},
        }
        write_chunks(report, ((json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(),))
    failed = [each.title for each in results if not each.passed]
    if failed:
        words = _("{count}项没有通过：{titles}。请把上面的结果和--facts列出的版本一起交给提供程序的人。")
        raise InputAtFault(words.format(count=len(failed), titles=_("、").join(failed)))
    say(_("自检{count}项全部通过，用时{seconds}秒。").format(count=len(results), seconds=f"{took:.1f}"))


def _tell(result: Result) -> None:
    mark = _("通过") if result.passed else _("失败")
    words = _("{mark}　{title}　{milliseconds}毫秒　{words}")
    say(words.format(mark=mark, title=result.title, milliseconds=result.milliseconds, words=result.words))
