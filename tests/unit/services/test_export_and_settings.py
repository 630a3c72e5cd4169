from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.exported import export_document
from support.vaults import new_session

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition, Format
from tsguard.errors import MissingGlyphs
from tsguard.services.dossier import file_name
from tsguard.services.file_names import safe_stem
from tsguard.services.settings import Settings, load_settings, save_settings


@given(st.text(max_size=300))
def test_any_name_makes_a_file_name(text):
    stem = safe_stem(text)
    assert stem
    assert not set(stem) & set('\\/:*?"<>|\0\n')
    assert not stem.endswith((".", " "))
    assert len(f"{stem}.pdf".encode()) <= 255


def test_names_that_windows_keeps_for_devices_are_avoided():
    assert [safe_stem(name) for name in ("CON", "nul.tsg", "com1", "CONTRA")] == [
        "_CON", "_nul.tsg", "_com1", "CONTRA",
    ]  # fmt: skip


def test_han_characters_stay_in_a_file_name():
    for name in ("COM\N{SUPERSCRIPT ONE}", "lpt\N{SUPERSCRIPT THREE}.a", "CONIN$", "conout$.txt", "con .a"):
        assert safe_stem(name) == f"_{name}", "Windows takes these for devices, too"
    assert safe_stem("珠海𬭎/㵘:䶮*𠮷公司. ") == "珠海𬭎_㵘_䶮_𠮷公司"


def test_a_report_of_each_level(tmp_path):
    session = new_session(tmp_path / "库", "XIC")
    snapshot = session.snapshot()
    named = file_name(snapshot, Edition(DocumentKind.REPORT, Level.SUBMISSION), Format.PDF)
    assert named == "珠海𬭎㵘䶮𠮷微电子有限公司-自评报告-报送版.pdf"
    for level in Level:
        target = tmp_path / f"{level}.pdf"
        written = export_document(
            snapshot, Edition(DocumentKind.REPORT, level), target, on=date(2026, 11, 23)
        )
        assert target.read_bytes().startswith(b"%PDF")
        assert written.pages > 5
    session.close()


def test_characters_without_a_font_are_reported_and_nothing_is_written(tmp_path):
    session = new_session(tmp_path / "库", name="珠海😀公司")
    with pytest.raises(MissingGlyphs) as caught:
        export_document(
            session.snapshot(),
            Edition(DocumentKind.REPORT, Level.SUBMISSION),
            tmp_path / "x.pdf",
            on=date(2026, 11, 23),
        )
    assert caught.value.characters == ("😀",)
    assert not (tmp_path / "x.pdf").exists()
    session.close()


def test_settings_come_back_and_recent_files_can_be_switched_off(tmp_path):
    file = tmp_path / "新 文件夹" / "settings.json"
    at = datetime(2026, 11, 23, tzinfo=UTC)
    settings = Settings(appearance="dark")
    for number in range(12):
        settings = settings.opened(Path(f"/v/{number}.tsg"), at)
    save_settings(file, settings)
    loaded = load_settings(file)
    assert loaded == settings
    assert len(loaded.recent) == 8
    assert loaded.recent[0].path.endswith("11.tsg")
    assert loaded.forgotten(loaded.recent[0].path).recent == loaded.recent[1:]
    assert loaded.forgotten().recent == ()
    assert Settings(remember_recent=False).opened(Path("/v/x.tsg")).recent == ()


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"appearance": 3}', b"[]"])
def test_settings_that_are_not_understood_are_the_defaults(tmp_path, data):
    file = tmp_path / "settings.json"
    file.write_bytes(data)
    assert load_settings(file) == Settings()


def test_settings_that_can_not_be_written_are_no_error(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    save_settings(blocked / "settings.json", Settings())
