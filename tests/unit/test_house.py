"""Rules of the house that no other tool checks."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "tsguard").rglob("*.py"))
TOP_LEVEL = {
    "tsguard", "resources", "checklists", "tests", "pyproject.toml", "build_installer.py", "README.md",
    "CHANGELOG.md", "LICENSE", "requirements.lock",
}  # fmt: skip


def tracked():
    if shutil.which("git") is None:
        pytest.skip("no git here")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)  # noqa: S607
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.decode().split("\0") if name]


def test_the_top_level_stays_what_it_is():
    names = {name.partition("/")[0] for name in tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_the_lock_names_packages_and_hashes_and_no_host():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?://", lock)
    entries = re.findall(r"^[a-zA-Z0-9_.-]+==", lock, re.MULTILINE)
    assert len(entries) > 30
    assert lock.count("--hash=sha256:") >= len(entries)


def test_the_fonts_stay_within_45_mb_and_carry_their_licences():
    fonts = ROOT / "resources" / "fonts"
    assert sum(path.stat().st_size for path in fonts.glob("*.ttf")) <= 45 * 1000 * 1000
    assert len(list(fonts.glob("OFL-*.txt"))) >= 3
    assert (ROOT / "resources" / "icons" / "LICENSE").is_file()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_say_what_they_are_and_stay_readable(path):
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module needs a docstring"
    assert text.count("\n") <= 400, "split it by meaning"
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_translations_are_literals(path):
    """``_`` can only look up what the extractor has seen."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            (argument,) = node.args
            assert isinstance(argument, ast.Constant), f"{path.name}:{node.lineno}"
            assert isinstance(argument.value, str), f"{path.name}:{node.lineno}"


def test_readme_has_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for kind, part in (("main", "tsguard demo --out"), ("test", "pytest")):
        block = re.search(rf"<!-- {kind} command -->\n```\n(.+)\n```", readme)
        assert block, kind
        assert part in block.group(1)
        assert "\n" not in block.group(1), "one command"


def test_beside_a_window_nobody_reads_pdfs_out_of_turn():
    """PDFium ends the process when two threads use it at once, and a window draws thumbnails meanwhile.

    ``tsguard.report.second_reading`` and ``preview`` wait for their turn.
    """
    for path in (*(ROOT / "tests" / "gui").rglob("*.py"), *(ROOT / "tests" / "end2end").rglob("*.py")):
        assert "pypdfium2" not in path.read_text(encoding="utf-8"), path.name


def test_start_does_not_import_what_the_unlock_page_does_not_need():
    """The parts that take long to import wait until they are needed."""
    heavy = [
        "reportlab", "pikepdf", "pypdfium2", "PIL", "docx", "lxml", "opencc", "pyhanko", "openpyxl", "yaml",
        "sqlite_utils", "rich",
    ]  # fmt: skip
    code = f"import sys, tsguard.services.session; print([n for n in {heavy!r} if n in sys.modules])"
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
