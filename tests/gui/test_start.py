"""The start page: unlocking, recent files, a new vault, the sample that leaves no trace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from support.vaults import PASSPHRASE, QUICK

from tsguard.domain.enterprise import Enterprise
from tsguard.domain.validation import Rule
from tsguard.errors import InvalidField
from tsguard.gui.opening import Opener, wipe_leftovers
from tsguard.gui.pages.start import StartPage
from tsguard.gui.private_folder import PrivateFolder
from tsguard.gui.start.create import CreatePage
from tsguard.gui.start.parts import opened_words
from tsguard.gui.tasks import Tasks
from tsguard.services.session import Session
from tsguard.services.settings import Settings, load_settings


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "示芯微电子.tsg"
    Session.create(path, PASSPHRASE, Enterprise(name="珠海示芯微电子有限公司"), profiles=QUICK).close()
    return path


@pytest.fixture
def page(qtbot, theme, store, tmp_path):
    tasks = Tasks()
    opener = Opener(tmp_path / "samples", {"profiles": QUICK})
    page = StartPage(theme, store, tasks, opener)
    page.resize(1366, 720)
    qtbot.addWidget(page)
    page.show()
    sessions: list[Session] = []
    page.opened.connect(sessions.append)
    yield page
    tasks.close()
    for session in sessions:
        session.close()
    opener.close()


def test_without_recent_files_the_first_thing_is_a_new_vault(page):
    assert page.card.isHidden()
    assert page.first is not None
    assert page.first.isVisible()


def test_the_right_passphrase_opens_with_enter(qtbot, page, vault):
    page.choose(vault)
    page.card.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.card.passphrase.line, Qt.Key.Key_Return)
        assert not page.card.unlock.isEnabled(), "nothing else can be asked for meanwhile"
    assert opened.args[0].enterprise.name == "珠海示芯微电子有限公司"


def test_a_wrong_passphrase_says_so_and_stays_selected(qtbot, page, vault):
    page.choose(vault)
    page.card.passphrase.line.setText("falsch falsch")
    qtbot.mouseClick(page.card.unlock, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.card.passphrase.error))
    assert "口令不对" in page.card.passphrase.error
    assert "请检查大小写" in page.card.passphrase.error
    assert page.card.passphrase.line.selectedText() == "falsch falsch"
    assert page.card.unlock.isEnabled()
    qtbot.keyClicks(page.card.passphrase.line, "x")
    assert page.card.passphrase.error == ""


def test_an_empty_passphrase_is_not_tried(qtbot, page, vault):
    page.choose(vault)
    qtbot.keyClick(page.card.passphrase.line, Qt.Key.Key_Return)
    assert page.card.passphrase.error


@pytest.mark.parametrize(("content", "said"), [(None, "没有文件"), (b"PK\x03\x04" * 2000, "不是保险库文件")])
def test_files_that_are_no_vaults_are_explained(qtbot, page, tmp_path, content, said):
    path = tmp_path / "x.tsg"
    if content is not None:
        path.write_bytes(content)
    page.choose(path)
    page.card.passphrase.line.setText(PASSPHRASE)
    page.card.unlock.click()
    qtbot.waitUntil(lambda: bool(page.card.passphrase.error))
    assert said in page.card.passphrase.error


def test_another_file_takes_what_was_typed_away(page, vault, tmp_path):
    page.choose(vault)
    page.card.passphrase.line.setText("abc")
    page.choose(tmp_path / "other.tsg")
    assert page.card.passphrase.text() == ""


def test_recent_files_can_be_chosen_removed_and_switched_off(page, store):
    at = datetime(2026, 6, 30, tzinfo=UTC)
    settings = Settings()
    for name in ("c", "b", "a"):
        settings = settings.opened(Path("/v", f"{name}.tsg").absolute(), at)
    store.put(settings)
    assert page.card.path == Path("/v/a.tsg").absolute()
    rows = [page._list.itemAt(at).widget() for at in range(page._list.count())]
    assert [row._path for row in rows] == [str(Path("/v/b.tsg").absolute()), str(Path("/v/c.tsg").absolute())]
    rows[1].button.click()
    assert page.card.path == Path("/v/c.tsg").absolute()
    rows = [page._list.itemAt(at).widget() for at in range(page._list.count())]
    assert [row._path for row in rows] == [str(Path("/v/a.tsg").absolute()), str(Path("/v/b.tsg").absolute())]
    rows[0].remove.click()
    assert [each.path for each in store.value.recent] == [
        str(Path("/v/b.tsg").absolute()),
        str(Path("/v/c.tsg").absolute()),
    ]
    page.card.removed.emit()
    assert [each.path for each in store.value.recent] == [str(Path("/v/b.tsg").absolute())]
    page._switch_off()
    assert load_settings(store.file) == Settings(remember_recent=False)
    assert page.card.isHidden()
    assert "设置" in page.notice.text()


def test_when_a_file_was_opened_is_said_shortly():
    now = datetime(2026, 7, 24, 10, 42, tzinfo=UTC)
    said = {
        datetime(2026, 7, 24, 9, 5, tzinfo=UTC): "今天9:05",
        datetime(2026, 7, 23, 23, 59, tzinfo=UTC): "昨天23:59",
        datetime(2026, 6, 30, 8, 0, tzinfo=UTC): "6月30日",
        datetime(2025, 12, 31, 8, 0, tzinfo=UTC): "2025年12月31日",
    }
    assert {at: opened_words(at, now) for at in said} == said


def test_looking_for_a_file_asks_for_its_passphrase(page, vault, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(vault), ""))
    page.doors[1].click()
    assert page.card.path == vault
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    page.doors[1].click()
    assert page.card.path == vault


# --- a new vault ------------------------------------------------------------------------------------


@pytest.fixture
def create(page) -> CreatePage:
    page.begin_new()
    return page._create


def test_the_steps_lead_to_a_vault(qtbot, page, create, tmp_path):
    create.name_field.line.setText("横琴𬭎㵘䶮𠮷有限公司")
    qtbot.keyClick(create.name_field.line, Qt.Key.Key_Return)
    assert create.path().name == "横琴𬭎㵘䶮𠮷有限公司.tsg"
    create.path_field.line.setText(str(tmp_path / "新库"))
    qtbot.keyClick(create.path_field.line, Qt.Key.Key_Return)
    create.secret.first.line.setText(PASSPHRASE)
    create.secret.second.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(create.secret.second.line, Qt.Key.Key_Return)
    assert opened.args[0].path == tmp_path / "新库.tsg"
    assert opened.args[0].enterprise.name == "横琴𬭎㵘䶮𠮷有限公司"


def test_each_step_refuses_what_will_not_do(qtbot, page, create, tmp_path, vault):
    create.go_on()
    assert create.name_field.error
    create.name_field.line.setText("甲")
    create.go_on()
    for bad, said in ((vault, "同名文件"), (tmp_path / "no" / "x.tsg", "没有“"), (Path("x.tsg"), "完整")):
        create.path_field.line.setText(str(bad))
        create.go_on()
        assert said in create.path_field.error
    create.path_field.line.setText(str(tmp_path / "x.tsg"))
    create.go_on()
    create.secret.first.line.setText("1234567")
    create.go_on()
    assert "8" in create.secret.first.error
    create.secret.first.line.setText("12345678")
    create.secret.second.line.setText("12345679")
    create.go_on()
    assert "不一样" in create.secret.second.error


def test_strength_is_advised_while_typing(create):
    create.secret.first.line.setText("abc")
    assert create.secret.first._message.text() == "太短，还差5个字符"
    create.secret.first.line.setText("aaaaaaaaaaaa")
    assert "容易被猜到" in create.secret.first._message.text()
    create.secret.first.line.setText(PASSPHRASE)
    assert create.secret.first._message.text() == "不容易被猜到"


def test_going_back_leads_to_the_start_and_forgets(qtbot, page, create):
    create.name_field.line.setText("甲")
    create.go_on()
    qtbot.keyClick(create, Qt.Key.Key_Escape)
    assert create.name_field.isVisible()
    qtbot.keyClick(create, Qt.Key.Key_Escape)
    assert page._create is None


def test_an_error_comes_back_to_its_step(create):
    create.refuse(InvalidField("name", Rule.TOO_LONG), "…")
    assert "太长" in create.name_field.error


# --- the sample -------------------------------------------------------------------------------------


def test_the_sample_opens_marked_and_is_wiped(qtbot, page, tmp_path):
    with qtbot.waitSignal(page.opened, timeout=60_000) as opened:
        page.show_sample()
        assert not page.doors[0].isEnabled()
    session = opened.args[0]
    assert session.enterprise.sample
    assert session.path.is_relative_to(tmp_path / "samples")
    page._opener.taken()
    session.close()
    page._opener.locked()
    assert list((tmp_path / "samples").iterdir()) == []


def test_what_a_crash_left_behind_goes_at_the_next_start_but_no_living_sample(tmp_path):
    alive = PrivateFolder(tmp_path)
    dead = tmp_path / "sample-dead"
    dead.mkdir()
    (dead / "x.tsg").write_bytes(b"x")
    wipe_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == [alive.path]
    alive.wipe()
    assert list(tmp_path.iterdir()) == []
    wipe_leftovers(tmp_path / "none")


def test_a_sample_folder_that_can_not_be_made_is_explained(qtbot, page, tmp_path):
    (tmp_path / "samples").write_text("a file where the folder should be")
    page.show_sample()
    qtbot.waitUntil(lambda: bool(page.notice.text()))
    assert page.doors[2].isEnabled()


def test_a_place_that_can_not_be_is_refused_at_its_step(create, tmp_path):
    create.name_field.line.setText("甲")
    create.go_on()
    for place in (f"{tmp_path}/a\0b.tsg", f"{tmp_path}/{'长' * 300}.tsg", "甲.tsg", "/没有/甲.tsg"):
        create.path_field.line.setText(place)
        create.go_on()
        assert create.path_field.error, place
        assert create.path_field.isVisible()


def test_a_folder_that_is_kept_in_step_is_spoken_of_at_its_step(create, tmp_path):
    create.name_field.line.setText("甲")
    create.go_on()
    create.path_field.line.setText(str(tmp_path / "甲.tsg"))
    assert not create.place_note.isVisible()
    (tmp_path / "OneDrive").mkdir()
    create.path_field.line.setText(str(tmp_path / "OneDrive" / "甲.tsg"))
    assert create.place_note.isVisible()
    assert "OneDrive" in create.place_note.accessibleName()
    create.path_field.line.setText("\0不成路径")
    assert not create.place_note.isVisible()


def test_a_bug_while_opening_leaves_the_page_usable(qtbot, page, vault, monkeypatch):
    caught: list[type] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_facts: caught.append(kind))
    monkeypatch.setattr(page._opener, "open", lambda *_args, **_named: 1 // 0)
    page.choose(vault)
    page.card.passphrase.line.setText(PASSPHRASE)
    qtbot.keyClick(page.card.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(caught))
    qtbot.waitUntil(page.card.unlock.isEnabled)
    assert caught == [ZeroDivisionError]
    assert all(door.isEnabled() for door in page.doors)
