"""The installer's script: compiles without a warning, and touches nothing but what is ours."""

from __future__ import annotations

import re
import shutil

import pytest

from resources.installer import packing
from resources.installer.frozen import CONSOLE, WINDOW
from resources.installer.running import BuildFailed, Log
from tests.installer.places import ROOT, SOURCES

SCRIPT = (SOURCES / "tsguard.nsi").read_text("utf-8")
needs_makensis = pytest.mark.skipif(
    shutil.which("makensis") is None, reason="makensis (nsis) is not installed"
)


@pytest.fixture
def stub(tmp_path):
    """A frozen folder's shape, without a program in it."""
    folder = tmp_path / "frozen 目录 𬭎"
    icons = folder / "_internal" / "tsguard" / "resources" / "icons" / "program"
    icons.mkdir(parents=True)
    for name in ("tsguard.ico", "vault.ico"):
        shutil.copy2(ROOT / "resources" / "icons" / "program" / name, icons)
    for name in (CONSOLE, WINDOW):
        (folder / f"{name}.exe").write_bytes(b"MZ")
    return folder


@needs_makensis
@pytest.mark.parametrize("version", ["0.1.0", "12.0.3rc1"])
def test_it_compiles_without_a_warning(stub, tmp_path, version):
    made = tmp_path / "out" / f"tsguard-setup-{version}.exe"
    packing.compile_script(stub, version, made, Log(tmp_path / "log"))
    assert made.read_bytes()[:2] == b"MZ"


@needs_makensis
def test_a_warning_is_a_failure(stub, tmp_path, monkeypatch):
    """Else the test above could not fail on one."""
    (tmp_path / "tsguard.nsi").write_text(SCRIPT + "\nFunction unused\n  Nop\nFunctionEnd\n", "utf-8")
    monkeypatch.setattr(packing, "HERE", tmp_path)
    with pytest.raises(BuildFailed, match="warning"):
        packing.compile_script(stub, "0.1.0", tmp_path / "setup.exe", Log(tmp_path / "log"))


def test_without_makensis_it_says_what_to_install(stub, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildFailed, match="apt install nsis"):
        packing.compile_script(stub, "0.1.0", tmp_path / "setup.exe", Log(tmp_path / "log"))


# --- what it touches ------------------------------------------------------------------------------

_CODE = "\n".join(
    line.partition("; ")[0] if line.lstrip().startswith(";") else line for line in SCRIPT.splitlines()
)
_PLACES = {"$INSTDIR", "$LOCALAPPDATA", "$SMPROGRAMS", "$DESKTOP", "$TEMP"}
_REMOVED = {
    r"$INSTDIR",
    r"$INSTDIR\_internal",
    r"$INSTDIR\_internal.old",
    r"$INSTDIR\${CONSOLE}",
    r"$INSTDIR\${CONSOLE}.old",
    r"$INSTDIR\${WINDOW}",
    r"$INSTDIR\${WINDOW}.old",
    r"$INSTDIR\${name}",
    r"$INSTDIR\uninstall.exe",
    r"$INSTDIR\uninstall.exe.old",
    r"$SMPROGRAMS\$0.lnk",
    r"$DESKTOP\$0.lnk",
    # Only where the person says so.
    r"$LOCALAPPDATA\tsguard",
    r"$LOCALAPPDATA\tsguard\settings.json",
    r"$LOCALAPPDATA\tsguard\checklists",
    r"$LOCALAPPDATA\tsguard\keys",
    r"$LOCALAPPDATA\tsguard\packs",
}


def test_it_removes_nothing_but_what_is_ours():
    removed = set(re.findall(r'^\s*(?:RMDir(?: /r)?|Delete) +"([^"]+)"', _CODE, re.MULTILINE))
    assert removed == _REMOVED


def test_it_removes_whole_only_what_it_wrote_whole():
    whole = set(re.findall(r'RMDir /r +"([^"]+)"', _CODE))
    own = {rf"$LOCALAPPDATA\tsguard\{name}" for name in ("checklists", "keys", "packs")}
    assert whole == {r"$INSTDIR\_internal", r"$INSTDIR\_internal.old", *own}


def test_it_knows_no_place_beside_the_folder_the_profile_and_the_menus():
    known = set(re.findall(r"\$[A-Z]{4,}\b", _CODE)) - {"$MUI"}
    assert known == _PLACES
    assert not re.search(r"\b[A-Z]:\\", _CODE), "no drive is named"
    assert "HKLM" not in _CODE, "nothing that needs an administrator"
    assert "http" not in _CODE


def test_it_writes_only_its_own_keys():
    keys = set(re.findall(r'(?:WriteReg\w+|DeleteRegKey) HKCU "([^"]+)"', _CODE))
    assert {key.partition("\\")[0] for key in keys} == {"${OWN}", "${KEY}", "${CLASSES}"}
    under = {key.split("\\")[1] for key in keys if key.startswith("${CLASSES}")}
    assert under == {"${ending}", "${filetype}"}
    for macro in ("tie", "untie"):
        tied = re.findall(rf'!insertmacro {macro} "([^"]+)" "([^"]+)"', _CODE)
        assert tied == [(".tsg", "${VAULTTYPE}"), (".tsgpack", "${PACKTYPE}")], "what is tied is untied"


def test_both_languages_say_everything():
    """Each sentence has its Chinese and its English, and they are not the same."""
    said = re.findall(r'^!insertmacro words (\w+) "([^"]+)" (?:\\\s+)?"([^"]+)"', SCRIPT, re.MULTILINE)
    assert len(said) == SCRIPT.count("\n!insertmacro words ")
    for name, chinese, english in said:
        assert re.search(r"[一-鿿]", chinese), name
        assert english.isascii(), name
    used = set(re.findall(r"\$\(([A-Z]+)\)", SCRIPT))
    assert used == {name for name, _chinese, _english in said}
