"""What goes into the frozen folder, and what does not: the specification, the slimming, the two numbers."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from resources.installer import slimming, wine
from resources.installer.frozen import CONSOLE, WINDOW, Frozen
from resources.installer.version_resource import four_numbers
from tests.installer.places import ROOT, SOURCES

SPEC = (SOURCES / "tsguard.spec").read_text("utf-8")

# --- the specification ----------------------------------------------------------------------------


def test_the_specification_is_python():
    ast.parse(SPEC)


def test_it_names_only_files_that_are_there():
    """Beside itself, in the program's assets, and the scripts that it starts from."""
    beside = re.findall(r'HERE / "([^"]+)"', SPEC)
    assert {"console.py", "window.py", "modules.py", "tsguard.manifest"} == set(beside)
    for name in beside:
        assert (SOURCES / name).exists(), name
    for line in re.findall(r'ASSETS((?: / "[^"]+")+)', SPEC):
        place = ROOT.joinpath("resources", *re.findall(r'"([^"]+)"', line))
        assert place.is_file(), place
    for module in re.findall(r"^import (slimming|version_resource)$", SPEC, re.MULTILINE):
        assert (SOURCES / f"{module}.py").is_file()


def test_its_executables_are_those_that_the_build_asks_for():
    made = re.findall(r'executable\("(\w+)", "([^"]+)", console=(\w+)\)', SPEC)
    assert made == [("console", CONSOLE, "True"), ("window", WINDOW, "False")]
    frozen = Frozen(ROOT, ROOT / "bill", windows=True)
    assert (frozen.console.name, frozen.window.name) == (f"{CONSOLE}.exe", f"{WINDOW}.exe")


def test_nothing_of_the_checkout_is_frozen():
    assert "tests" not in SPEC
    assert "pathex" not in SPEC


@pytest.mark.parametrize("script", ["console.py", "window.py"])
def test_its_scripts_start_what_they_say(script):
    tree = ast.parse((SOURCES / script).read_text("utf-8"))
    (taken,) = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    module = ROOT.joinpath(*str(taken.module).split(".")).with_suffix(".py")
    defined = {
        node.name for node in ast.parse(module.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)
    }
    assert {alias.name for alias in taken.names} <= defined


def test_what_is_left_out_is_nothing_that_the_program_imports():
    """The names of ``slimming.MODULES`` against the program's own sources."""
    left_out = set(slimming.MODULES)
    for file in (ROOT / "tsguard").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            taken = {".".join(name.split(".")[:count]) for name in names for count in (1, 2, 3)}
            assert not taken & left_out, file


# --- slimming -------------------------------------------------------------------------------------

KEPT = [
    "PySide6/Qt6Core.dll",
    "PySide6/Qt6Gui.dll",
    "PySide6/Qt6Widgets.dll",
    "PySide6/Qt6Svg.dll",
    "PySide6/Qt6PrintSupport.dll",
    "PySide6/plugins/platforms/qwindows.dll",
    "PySide6/plugins/platforms/qoffscreen.dll",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/lib/libQt6DBus.so.6",
    "PySide6/Qt/lib/libQt6XcbQpa.so.6",
    "PySide6/plugins/styles/qmodernwindowsstyle.dll",
    "PySide6/plugins/imageformats/qsvg.dll",
    "PySide6/plugins/imageformats/qjpeg.dll",
    "PySide6/plugins/iconengines/qsvgicon.dll",
    "PySide6/translations/qtbase_zh_CN.qm",
    "PySide6/Qt/translations/qtbase_zh_CN.qm",
    "PySide6/QtWidgets.pyd",
    "tsguard/resources/fonts/NotoSansSC-Regular.ttf",
    "tsguard/checklists/core.yaml",
    "tsguard/resources/licences/inside.json",
    "sqlcipher3/_sqlite3.cp312-win_amd64.pyd",
    "opencc/clib/share/opencc/t2s.json",
    "docx/templates/default.docx",
    "pypdfium2_raw/pdfium.dll",
    "python312.dll",
    "libcrypto-3.dll",
]
DROPPED = [
    "PySide6/opengl32sw.dll",
    "PySide6/Qt6Network.dll",  # QtPdf would ask for it; our pages are drawn by pdfium
    "PySide6/Qt/lib/libQt6Network.so.6",
    "PySide6/Qt6DBus.dll",
    "PySide6/QtDBus.pyd",
    "PySide6/Qt6Qml.dll",
    "PySide6/Qt6QmlModels.dll",
    "PySide6/Qt6Quick.dll",
    "PySide6/Qt6OpenGL.dll",
    "PySide6/Qt6VirtualKeyboard.dll",
    "PySide6/Qt6Sql.dll",
    "PySide6/Qt6Test.dll",
    "PySide6/Qt/lib/libQt6Quick.so.6",
    "PySide6/Qt/lib/libQt6WaylandClient.so.6",
    "PySide6/Qt/lib/libQt6EglFSDeviceIntegration.so.6",
    "PySide6/plugins/tls/qschannelbackend.dll",
    "PySide6/plugins/tls/qopensslbackend.dll",
    "PySide6/plugins/networkinformation/qnetworklistmanager.dll",
    "PySide6/plugins/sqldrivers/qsqlite.dll",
    "PySide6/plugins/generic/qtuiotouchplugin.dll",
    "PySide6/plugins/platforms/qdirect2d.dll",
    "PySide6/plugins/platforms/qminimal.dll",
    "PySide6/Qt/plugins/platforms/libqvnc.so",
    "PySide6/Qt/plugins/platforms/libqwayland-generic.so",
    "PySide6/Qt/plugins/platforms/libqlinuxfb.so",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/plugins/platforminputcontexts/qtvirtualkeyboardplugin.dll",
    "PySide6/plugins/imageformats/qtiff.dll",
    "PySide6/plugins/imageformats/qpdf.dll",
    "PySide6/translations/qtbase_de.qm",
    "PySide6/translations/qt_zh_CN.qm",
    "PySide6/translations/qtbase_zh_TW.qm",
    "lxml/etree.h",
    "lxml/includes/etree_defs.pxd",
    "reportlab/graphics/__pycache__/shapes.pyc",
    "somebody/tests/data.json",
    "tcl86t.dll",
]


@pytest.mark.parametrize("name", KEPT)
def test_what_the_program_needs_stays(name):
    assert not slimming.unwanted(name)
    assert not slimming.unwanted(name.replace("/", "\\"))


@pytest.mark.parametrize("name", DROPPED)
def test_what_it_never_uses_goes(name):
    assert slimming.unwanted(name)
    assert slimming.unwanted(name.replace("/", "\\"))


def test_no_shipped_asset_is_dropped():
    for folder in (
        "resources/fonts",
        "resources/icons",
        "resources/manual",
        "resources/schema",
        "checklists",
    ):
        for path in (ROOT / folder).rglob("*"):
            assert not slimming.unwanted(f"tsguard/{path.relative_to(ROOT).as_posix()}"), path


@pytest.mark.parametrize(
    ("name", "reaches"),
    [
        ("_internal/_ssl.pyd", True),
        ("_internal/libssl-3.dll", True),
        ("_internal/PySide6/plugins/tls/qschannelbackend.dll", True),
        ("_internal/aiohttp/client.pyc", True),
        ("_internal/certifi/cacert.pem", True),
        ("_internal/libcrypto-3.dll", False),
        ("_internal/_socket.pyd", False),  # without it nothing that merely names it can be imported
    ],
)
def test_what_could_reach_a_network_is_found_in_the_finished_folder(tmp_path, name, reaches):
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    assert slimming.reaching_out(tmp_path) == ([name] if reaches else [])


def test_a_library_of_the_prefix_is_found_in_the_finished_folder(tmp_path):
    for name in ("icuuc.dll", "Qt6Core.dll", "BCRYPTPRIMITIVES.dll"):
        (tmp_path / name).write_bytes(b"")
    assert wine.strangers(tmp_path) == ["BCRYPTPRIMITIVES.dll", "icuuc.dll"]


def test_the_heaviest_come_first_and_the_total_is_all(tmp_path):
    for name, size in (
        ("tsguard.exe", 10),
        ("_internal/a/one", 300),
        ("_internal/a/two", 5),
        ("_internal/b", 20),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    assert slimming.heaviest(tmp_path, 2) == [(300, "_internal/a/one"), (20, "_internal/b")]
    assert slimming.total(tmp_path) == 335


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("1.2.3", (1, 2, 3, 0)),
        ("1.2.3rc1", (1, 2, 3, 0)),
        ("10.20.30a4", (10, 20, 30, 0)),
        ("1.2", (1, 2, 0, 0)),
        ("3", (3, 0, 0, 0)),
        ("1.2.3.4", (1, 2, 3, 4)),
    ],
)
def test_a_version_in_four_numbers(version, numbers):
    assert four_numbers(version) == numbers


@pytest.mark.parametrize("version", ["", "v1.2", "latest", "-1.0"])
def test_what_is_no_version_is_refused(version):
    with pytest.raises(ValueError, match=version or "^$"):
        four_numbers(version)


# --- without what is left out ----------------------------------------------------------------------

SIGNING = """
import sys

BLOCKED = {"aiohttp", "requests", "ssl", "_ssl", "certifi", "urllib3", "ftplib", "smtplib", "xmlrpc"}


class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Blocked())
sys.path.insert(0, TESTS)

from datetime import UTC, datetime
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from tsguard.report.signing import sign
from tsguard.report.signatures import read_signatures
from tsguard.store.engine import throwaway_certificate

page = BytesIO()
canvas = Canvas(page)
canvas.drawString(72, 720, "page")
canvas.save()
certificate = throwaway_certificate("自检证书（无效）", "口令 𬭎", datetime.now(UTC).date())
signed = sign(page.getvalue(), certificate, "口令 𬭎")
changed = signed.replace(b"/MediaBox", b"/MediaBOX", 1)
print([[each.holds for each in read_signatures(data)] for data in (signed, changed)])
print(sorted(BLOCKED & sys.modules.keys()))
"""


def test_signing_and_checking_need_no_network_library():
    pytest.importorskip("pyhanko", reason="signing is an extra")
    pytest.importorskip("tsguard.report.signing")
    names = f"TESTS = {str(ROOT)!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", names + SIGNING], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    results, blocked = done.stdout.splitlines()
    assert results == "[[True], [False]]", "the signature holds, and not over another page"
    assert blocked == "[]"
