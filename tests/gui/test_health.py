"""The examination in the window: the open vault's page, the sheet for a file at rest, the older state."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.gui.health.health_sheet import HealthSheet
from tsguard.gui.health.report_view import ReportView
from tsguard.gui.pages.health import HealthPage
from tsguard.gui.text import Text
from tsguard.services import health_words
from tsguard.services.doctor import Doctor
from tsguard.services.health import Outcome
from tsguard.services.session import Session

PAGE = 4096


@pytest.fixture
def doctor(store):
    return Doctor(store.file, QUICK)


@pytest.fixture
def page(qtbot, theme, model, tasks, doctor):
    made = HealthPage(theme, model, tasks, doctor)
    made.resize(1166, 720)
    qtbot.addWidget(made)
    made.show()
    made.open_at("")
    return made


def _said(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(Text) if each.isVisibleTo(widget))


def _spoil(path, *pages):
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * PAGE + 200] ^= 1
    path.write_bytes(data)


def test_the_open_vault_is_examined_and_the_day_remembered(qtbot, page, theme, model, tasks, doctor):
    assert "还没有做过" in _said(page)
    qtbot.waitUntil(page.begin.isEnabled)
    page.begin.click()
    assert not page.begin.isEnabled()
    qtbot.waitUntil(page.report.isVisible, timeout=10_000)
    assert page.begin.isEnabled()
    assert "完好" in _said(page.report)
    assert "首尾相扣" in _said(page.report)
    again = HealthPage(theme, model, tasks, doctor)
    qtbot.addWidget(again)
    again.show()
    again.open_at("")
    assert "还没有做过" not in _said(again)
    assert "完好" in _said(again)


def test_it_can_be_stopped(qtbot, page):
    page.examine()
    page._working.cancel()
    qtbot.waitUntil(page.note.isVisible, timeout=10_000)
    assert "停下" in page.note.accessibleName()
    assert not page.report.isVisible()


def test_work_goes_on_meanwhile_and_locking_is_no_trouble(qtbot, page, model, tasks):
    page.examine()
    item = next(model.session.checklist.items()).id
    model.put_answer(Answer(item, Verdict.MET))
    assert model.session.answer(item).verdict is Verdict.MET
    model.session.close()
    qtbot.waitUntil(lambda: page._working is None, timeout=10_000)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_class_has_its_sign_and_its_word(qtbot, each_theme, outcome):
    view = ReportView(each_theme)
    qtbot.addWidget(view)
    line = health_words.Line("数据页", "3页损坏。", outcome)
    view.show_result(outcome, "接下来。", [line])
    assert health_words.outcome_word(outcome) in view.accessibleName()
    view.resize(400, 300)
    assert not view.grab().isNull()
    view.clear()
    assert not view.isVisible()


@pytest.fixture
def host(qtbot):
    made = QWidget()
    made.resize(1366, 720)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def sheet(theme, host, tasks, doctor):
    return HealthSheet(theme, host, tasks, doctor)


@pytest.fixture
def spoilt(tmp_path):
    session = new_session(tmp_path / "v", "XIC")
    items = [item.id for item in session.checklist.items()][:30]
    session.put_answers(Answer(item, Verdict.MET, note="说明" * 40) for item in items)
    key = session.file.raw_key()
    session.close()
    from tsguard.store import damage, specimen

    with specimen.taken(session.path) as copy, damage.opened(copy, key, lambda _d, _t: None) as (_f, remains):
        pages = remains.pages.trees["answers"].leaves
    _spoil(session.path, *pages)
    return session.path


def _examined(qtbot, sheet, path, passphrase=PASSPHRASE):
    sheet.show(path)
    sheet.proof.passphrase.line.setText(passphrase)
    sheet.start.click()
    qtbot.waitUntil(lambda: sheet._working is None, timeout=10_000)


def test_a_damaged_file_is_examined_and_salvaged(qtbot, sheet, spoilt, tmp_path, monkeypatch):
    before = spoilt.read_bytes()
    _examined(qtbot, sheet, spoilt)
    assert "有损坏，但数据可恢复" in _said(sheet.panel)
    assert sheet.repair.isVisible()
    new = tmp_path / "neu"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(new), ""))
    sheet.repair.click()
    qtbot.waitUntil(sheet.open.isVisible, timeout=10_000)
    assert "一条不少" in _said(sheet.panel)
    with qtbot.waitSignal(sheet.salvaged) as told:
        sheet.open.click()
    assert told.args == [new.with_name("neu.tsg")]
    session = Session.open(told.args[0], PASSPHRASE, profiles=QUICK)
    assert len(session.answers) == 30
    session.close()
    assert spoilt.read_bytes() == before


def test_a_new_passphrase_for_the_new_vault(qtbot, sheet, spoilt, tmp_path):
    _examined(qtbot, sheet, spoilt)
    sheet.passphrase.first.line.setText("short")
    sheet.salvage_to(tmp_path / "x.tsg")
    assert "至少要8个字符" in sheet.passphrase.first.error
    sheet.passphrase.first.line.setText("another passphrase")
    sheet.salvage_to(tmp_path / "x.tsg")
    assert "再输一遍" in sheet.passphrase.second.error
    sheet.passphrase.second.line.setText("another passphrasf")
    sheet.salvage_to(tmp_path / "x.tsg")
    assert "不一样" in sheet.passphrase.second.error
    assert not (tmp_path / "x.tsg").exists()
    sheet.passphrase.second.line.setText("another passphrase")
    sheet.salvage_to(tmp_path / "x.tsg")
    qtbot.waitUntil(sheet.open.isVisible, timeout=10_000)
    Session.open(tmp_path / "x.tsg", "another passphrase", profiles=QUICK).close()


def test_the_wrong_passphrase_shows_nothing_of_the_inside(qtbot, sheet, spoilt):
    _examined(qtbot, sheet, spoilt, "wrong passphrase")
    assert sheet.note.isVisible()
    assert not sheet.report.isVisible()
    assert not sheet.repair.isVisible()
    assert "长度" in _said(sheet.before)


def test_closing_forgets_the_passphrase(qtbot, sheet, spoilt):
    _examined(qtbot, sheet, spoilt)
    sheet.passphrase.first.line.setText("another passphrase")
    sheet.passphrase.second.line.setText("another passphrase")
    with qtbot.waitSignal(sheet.closed):
        sheet.sheet.dismiss()
    assert not sheet.proof.passphrase.text()
    assert not sheet.passphrase.text()
    assert sheet._secret is None


def test_a_file_that_is_no_vault_or_gone(sheet, tmp_path):
    stranger = tmp_path / "a.tsg"
    stranger.write_bytes(b"hello" * 3000)
    sheet.show(stranger)
    assert "不是保险库" in _said(sheet.before)
    assert not sheet.start.isVisible()
    sheet.show(tmp_path / "none.tsg")
    assert sheet.note.isVisible()
    sheet.show(stranger)
    assert not sheet.note.isVisible()


def test_an_older_state_is_said_once_when_it_is_opened(qtbot, window, store, tmp_path):
    session = new_session(tmp_path / "v", "XIC")
    path = session.path
    old = _closed_bytes(session)
    session = Session.open(path, PASSPHRASE, profiles=QUICK)
    session.remember_place("results")
    window.start.opened.emit(session)
    assert "older" not in _keys(window)
    window.lock()
    qtbot.waitUntil(lambda: window.shell is None and not window.tasks.busy, timeout=20_000)
    path.write_bytes(old)
    window.start.opened.emit(Session.open(path, PASSPHRASE, profiles=QUICK))
    assert "older" in _keys(window)
    window.lock()
    qtbot.waitUntil(lambda: window.shell is None and not window.tasks.busy, timeout=20_000)
    assert path.stem not in (store.file.parent / "seen.json").read_text()


def _closed_bytes(session) -> bytes:
    session.close()
    return session.path.read_bytes()


def _keys(window) -> set[str]:
    from tsguard.gui.widgets.messages import MessageBar

    return {message.key for bar in window.shell.findChildren(MessageBar) for message in bar.messages}
