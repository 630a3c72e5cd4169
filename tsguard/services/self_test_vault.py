"""Self-test: a vault is made, locked, opened in every way there is, worked in, backed up and examined."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.errors import RecoveryCodeWrong, WrongPassphrase
from tsguard.i18n import _
from tsguard.services.self_test import ON, Bench, Check, Unexpected
from tsguard.services.session import Session

_NOTE = "自检写下的备注 𬭎"
_CONTENT = "自检存入的佐证 㵘䶮𠮷\n".encode() * 20_000
"""Larger than one block of an evidence file."""


def checks(bench: Bench) -> Iterator[Check]:
    """In their order; the vault is open after the last."""
    yield Check("create", _("新建示例保险库"), lambda: _create(bench))
    yield Check("encrypted", _("保险库文件里没有明文"), lambda: _encrypted(bench))
    yield Check("refuse", _("口令错时打不开"), lambda: _refuse(bench))
    yield Check("reopen", _("锁定后用口令打开"), lambda: _reopen(bench))
    yield Check("answer", _("作答"), lambda: _answer(bench))
    yield Check("evidence", _("存入佐证"), lambda: _evidence(bench))
    yield Check("examine", _("保险库体检"), lambda: _examine(bench))
    yield Check("backup", _("备份并打开备份"), lambda: _backup(bench))
    yield Check("recovery", _("用恢复码打开"), lambda: _recovery(bench))


def _open(bench: Bench) -> Session:
    bench.close()
    session = Session.open(bench.vault, bench.passphrase, today=lambda: ON)
    bench.take(session)
    return session


def _create(bench: Bench) -> str:
    from tsguard.services.sample import create_sample  # noqa: PLC0415 - start-up time

    session = create_sample(bench.vault, bench.passphrase, today=lambda: ON)
    bench.take(session)
    words = _("{answers}条作答，{pieces}件佐证，{points}个秘点")
    return words.format(
        answers=len(session.answers), pieces=len(tuple(session.cabinet)), points=len(tuple(session.points))
    )


def _encrypted(bench: Bench) -> str:
    session = bench.session
    known = [
        session.enterprise.name,
        *(point.name for point in session.points),
        "SQLite format 3",
        "CREATE TABLE",
    ]
    bench.lock()
    content = bench.vault.read_bytes()
    shown = [word for word in known if any(word.encode(code) in content for code in ("utf-8", "utf-16-le"))]
    if shown:
        raise Unexpected(_("没有明文"), _("有{count}处").format(count=len(shown)))
    if not content.startswith(b"TSG"):
        raise Unexpected(_("文件开头是TSG"), _("不是"))
    return _("{size}KB").format(size=f"{len(content) // 1024:,}")


def _refuse(bench: Bench) -> str:
    try:
        Session.open(bench.vault, bench.passphrase + "x").close()
    except WrongPassphrase:
        return _("已拒绝")
    raise Unexpected(_("已拒绝"), _("打开了"))


def _reopen(bench: Bench) -> str:
    session = _open(bench)
    sheet = session.sheet()
    if sheet.claimed is None or sheet.evidenced is None or not sheet.answered:
        raise Unexpected(_("有得分"), _("没有"))
    words = _("自评{claimed}分，有据{evidenced}分")
    return words.format(claimed=sheet.claimed.tenths / 10, evidenced=sheet.evidenced.tenths / 10)


def _answer(bench: Bench) -> str:
    session = bench.session
    item = next(iter(session.checklist.items())).id
    before = session.answer(item)
    verdict = Verdict.PARTLY if before.verdict is not Verdict.PARTLY else Verdict.MET
    length = session.file.journal_length
    session.put_answer(replace(before, verdict=verdict, note=_NOTE))
    session = _open(bench)
    if (kept := session.answer(item)).verdict is not verdict or kept.note != _NOTE:
        raise Unexpected(_("{item}的作答保存下来").format(item=item), _("没有"))
    session.put_answer(before)
    if session.file.journal_length != length + 2:
        raise Unexpected(_("多2条变更记录"), session.file.journal_length - length)
    return item


def _evidence(bench: Bench) -> str:
    from tsguard.services.cabinet import filed  # noqa: PLC0415 - start-up time

    session = bench.session
    file = bench.folder / "佐证 𠮷.txt"
    file.write_bytes(_CONTENT)
    stored = session.cabinet.store_file(file)
    piece = session.cabinet.add(filed(Evidence(id="", title="自检佐证"), file, stored))
    read = b"".join(session.cabinet.read(piece.id))
    session.cabinet.remove(piece.id)
    if hashlib.sha256(read).digest() != hashlib.sha256(_CONTENT).digest():
        raise Unexpected(_("取出的与存入的一致"), _("{size}字节，不一致").format(size=len(read)))
    return _("{size}字节，取出一致").format(size=f"{len(read):,}")


def _examine(bench: Bench) -> str:
    from tsguard.services.health import Outcome, examine_open  # noqa: PLC0415 - start-up time

    found = examine_open(bench.session)
    if found.outcome is not Outcome.SOUND:
        raise Unexpected(Outcome.SOUND.value, found.outcome.value)
    words = _("{entries}条变更记录，{pages}个数据页")
    return words.format(entries=f"{found.damage.entries:,}", pages=f"{found.damage.pages:,}")


def _backup(bench: Bench) -> str:
    from tsguard.services.backup_files import Places  # noqa: PLC0415 - start-up time
    from tsguard.services.backups import back_up  # noqa: PLC0415 - start-up time

    session = bench.session
    facts = back_up(session.file, Places(bench.folder / "备份 𬭎")).facts[0]
    copy = Session.open(facts.path, bench.passphrase, today=lambda: ON)
    try:
        same = copy.sheet() == session.sheet() and copy.file.journal_head == session.file.journal_head
    finally:
        copy.close()
    if not same:
        raise Unexpected(_("备份与原件一致"), _("不一致"))
    return _("与原件一致")


def _recovery(bench: Bench) -> str:
    from tsguard.services import recovery  # noqa: PLC0415 - start-up time

    groups = recovery.groups(bench.session)
    bench.hidden.extend(groups)
    sheet = recovery.sheet(bench.session, ON)
    first = groups[0]
    slip = ("A" if first[0] != "A" else "B") + first[1:]
    try:
        recovery.secret_of(" ".join((slip, *groups[1:])))
    except RecoveryCodeWrong:
        pass
    else:
        raise Unexpected(_("抄错的恢复码被指出"), _("没有"))
    bench.close()
    bench.take(Session.open(bench.vault, recovery.secret_of(" ".join(groups)), today=lambda: ON))
    return _("打开了；恢复码单{size}字节").format(size=f"{len(sheet):,}")
