"""Puts a mark wherever a person can put words, and leaves every page in the middle of work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from support.dossier import CLEARANCE, document
from tsguard.domain.disclosure import Level
from tsguard.domain.evidence import Evidence
from tsguard.domain.programme import FieldKind
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.gui.frame.page_table import PAGES
from tsguard.gui.frame.shell import Shell
from tsguard.gui.manual.reader import ManualSheet
from tsguard.gui.session_model import SessionModel
from tsguard.gui.widgets.buttons import Button
from tsguard.services import recovery

_COMPANY = (
    "enterprise_type", "legal_representative", "registered_address", "business_address", "district_other",
    "park", "registered_capital", "lead", "lead_post", "department", "contact_name", "note",
)  # fmt: skip


def store(model: SessionModel, mark: str) -> tuple[str, str]:
    """Store the mark in every field of every kind of record; ids of a point and of a piece of paper."""
    company = {name: f"{mark}{name}" for name in _COMPANY}
    model.put_enterprise(replace(model.session.enterprise, **company))
    point = model.add_point(
        SecretPoint(name=f"{mark}秘点", kind=f"{mark}类型", location=f"{mark}位置", note=f"{mark}备注")
    )
    paper = model.add_evidence(Evidence(title=f"{mark}佐证", paper_at=f"{mark}柜", items=("HRM-05",)))
    texts = ("problem", "cause", "measures", "department", "owner", "resources", "checker", "note")
    model.session.rectifications.add(Rectification(**{each: f"{mark}{each}" for each in texts}))
    issued = document(model.session, file_name=f"{mark}.pdf", note=f"{mark}备注")
    model.session.issued.add(issued)
    model.session.clearances.add(replace(CLEARANCE, quote=f"{mark}一段", reason=f"{mark}理由"))
    answer = replace(model.session.answer("HRM-06"), verdict=Verdict.NOT_APPLICABLE, reason=f"{mark}不适用")
    model.put_answer(answer)
    unknown = replace(model.session.answer("ORG-02"), verdict=Verdict.UNKNOWN, ask_whom=f"{mark}问谁")
    model.put_answer(replace(unknown, note=f"{mark}说明"))
    assessment = model.session.assessment
    assert assessment is not None
    for group in assessment.programme.form:
        for field in group.fields:
            if field.ask and field.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT}:
                model.put_form_value(field, f"{mark}{field.ask}"[: field.longest or None])
    return point, paper


def look_at_evidence(shell: Shell, qtbot: QtBot, mark: str) -> None:
    """Leave a file open in the viewer, in sight."""
    shell.go("evidence")
    evidence = shell.page("evidence")
    piece = next(each for each in shell.model.session.cabinet if each.file_name.startswith(mark))
    evidence.out.look_at(piece)
    viewer = evidence.out.desk.viewer
    qtbot.waitUntil(lambda: viewer._running is None, timeout=20_000)
    assert mark in viewer.words.toPlainText()


def look_back(shell: Shell, qtbot: QtBot, mark: str) -> None:
    """A change opened beside a search, a past day, the question for a digest; all left as they are."""
    shell.go("history")
    history = shell.page("history")
    history.lines.search.setText(mark)
    history.lines.reload()
    history.lines.table.selectRow(0)
    line = history.panel.line
    assert mark in line.text + "".join(change.before + change.after for change in line.changes)
    shell.go(f"history:past:{shell.model.session.today.isoformat()}")
    qtbot.waitUntil(lambda: not history.past.busy, timeout=20_000)
    shell.go("history:lines")
    history.warn_of_copy()
    history.check_digest()
    history.digest.digits.area.setPlainText(f"{mark}摘要")
    history.digest.check()


def read_the_manual(shell: Shell, mark: str) -> None:
    """The manual over the window, in the middle of a search."""
    shell.show_keys()
    next(each for each in shell.findChildren(Button) if each.text() == "安全说明").click()
    sheet = shell.window().findChild(ManualSheet)
    sheet.panel.search.setText(f"{mark}查")


def make_documents(shell: Shell, qtbot: QtBot, folder: Path, mark: str) -> None:
    """Export, put a scan in, verify what was exported; then the hits of another order, one half let pass."""
    shell.go(f"export:{Level.INTERNAL}")
    page = shell.page("export")
    prepare, issued = page.prepare, page.issued

    def quiet() -> bool:
        return not (prepare.making.busy or prepare.papers.busy or issued.intake.busy)

    paper = folder / f"{mark}报告.pdf"
    prepare.export(paper)
    qtbot.waitUntil(quiet, timeout=120_000)
    if prepare.sheet.isVisible():  # the file's name says it all
        while prepare.sheet.list.rows:
            line = prepare.sheet.list.rows[0]
            line.together.setChecked(True)
            line.reason.set_text(f"{mark}可以公开")
            line._let_pass()
        prepare.sheet.go_on.click()
        qtbot.waitUntil(quiet, timeout=120_000)
    entry = next(reversed(tuple(shell.model.session.issued)))
    shell.go(f"export:issued:{entry.id}")
    issued.put_scan(paper)
    qtbot.waitUntil(quiet, timeout=20_000)
    issued.note.area.setPlainText(f"{mark}交给了谁")
    issued.form.flush()
    issued.look_at_scan()
    qtbot.waitUntil(lambda: issued.desk.viewer._running is None, timeout=20_000)
    issued.note.area.setPlainText(f"{mark}打到一半")
    shell.go("verify")
    view = shell.page("verify").view
    view.look(paper)
    qtbot.waitUntil(lambda: not view.busy, timeout=60_000)
    view.card.passphrase.line.setText(f"{mark}口令")
    shell.go("rectification:R-0001")
    tasks = shell.page("rectification")
    tasks.view.search.setText(mark)
    tasks.form.binding("cause").field.area.setPlainText(f"{mark}打到一半")
    tasks.fields.ask.checker.line.setText(f"{mark}谁")
    shell.go("export:make:application.submission,report.submission,report.internal;wl")
    extras = prepare.options.extras
    for field in (extras.secret.first, extras.secret.second, extras.opener):
        field.line.setText(f"{mark}口令")
    prepare.options.extras.certificate.set_text(f"{folder}/{mark}.p12")
    prepare.export(folder / f"{mark}材料")
    qtbot.waitUntil(quiet, timeout=120_000)
    assert prepare.sheet.isVisible()
    prepare.sheet.list.rows[0].ask_reason()
    prepare.sheet.list.rows[0].reason.set_text(f"{mark}理由")


def work(shell: Shell, qtbot: QtBot, folder: Path, mark: str) -> None:
    """Go to every page, type, choose, copy, look, undo and redo; something is left half done everywhere."""
    model = shell.model
    point, paper = store(model, mark)
    for entry in PAGES:
        shell.go(entry.target)
        shell.window().grab()
    file = folder / f"{mark}.txt"
    file.write_text(f"{mark}内容", encoding="utf-8")
    evidence = shell.page("evidence")
    evidence.add_files([file])
    qtbot.waitUntil(lambda: not evidence.intake.busy)
    shell.go("checklist:HRM-05")
    checklist = shell.page("checklist")
    checklist.items.card._note.area.setPlainText(f"{mark}打到一半")
    shell.go("checklist:HRM-06")
    checklist.items.card.judgement._reason.area.setPlainText(f"{mark}理由")
    checklist.outline.search.setText(f"{mark}找")
    checklist.items.card.evidence.offer_links()
    make_documents(shell, qtbot, folder, mark)
    shell.go(f"points:{point}")
    points = shell.page("points")
    points.view.table.selectAll()
    points.taking_along.copy()
    points.form.binding("location").field.line.setText(f"{mark}又改")
    points.add_draft()
    points.form.binding("name").field.line.setText(f"{mark}新草稿")
    shell.go(f"evidence:{paper}")
    evidence.fields.title.line.setText(f"{mark}新标题")
    look_back(shell, qtbot, mark)
    shell.go("points")
    points.taking_along.warn()
    QToolTip.showText(QPoint(10, 10), f"{mark}提示", shell)
    model.undo()
    model.undo()
    model.redo()
    look_at_evidence(shell, qtbot, mark)
    read_the_manual(shell, mark)
    shell.window().grab()


def leave_keys_open(shell: Shell, qtbot: QtBot, sheet: str, passphrase: str, mark: str, part: str) -> str:
    """Leave one of the sheets of keys open.

    Args:
        shell: Of the open vault.
        qtbot: Waits.
        sheet: ``passphrase`` typed in to be changed, ``proof`` typed before the code, ``code`` shown, or
            ``drill`` with the code typed.
        passphrase: The vault's.
        mark: In the passphrase.
        part: Of the code.

    Returns:
        What of the secret is in sight then.
    """
    shell.go("settings")
    keys = shell.page("settings").keys
    if sheet == "passphrase":
        keys.change_passphrase()
        keys.passphrase.proof.passphrase.line.setText(passphrase)
        keys.passphrase.new.first.line.setText(f"{mark}新口令")
        keys.passphrase.new.second.line.setText(f"{mark}新口")
        keys.passphrase.act.click()
    elif sheet == "drill":
        keys.prove_code()
        keys.drill.code.area.setPlainText(" ".join(recovery.groups(shell.model.session)[:-1]))
        keys.drill.act.click()
    else:
        keys.show_code()
        keys.recovery.proof.passphrase.line.setText(passphrase)
        if sheet == "code":
            keys.recovery.show_code.click()
            qtbot.waitUntil(keys.recovery.groups.isVisible, timeout=20_000)
            shell.window().grab()
    return part if sheet in {"code", "drill"} else mark
