"""The wheel carries resources and checklists inside the package, and the program finds them there."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    pytest.importorskip("hatchling", reason="the build backend is in the locked environment")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    place = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


@pytest.mark.slow
def test_a_wheel_is_complete(unpacked):
    package = unpacked / "tsguard"
    for name in (
        "resources/fonts/NotoSerifSC-Regular.ttf",
        "resources/fonts/OFL-NotoSansSC.txt",
        "resources/icons/LICENSE",
        "resources/style/window.qss",
        "resources/samples/shixin/sample.yaml",
        "resources/manual/zh_CN/09-format.md",
        "resources/schema/assessment-1.schema.json",
        "checklists/core.yaml",
        "checklists/sectors/xic.yaml",
        "checklists/programmes/sample.yaml",
        "checklists/basis.yaml",
    ):
        assert (package / name).is_file(), name
    assert not (unpacked / "tests").exists()


@pytest.mark.slow
def test_the_program_of_a_wheel_runs_from_its_own_files(unpacked, tmp_path):
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r}); "
        "from tsguard import assets; assert 'site' in str(assets.resources()), assets.resources(); "
        "from tsguard.cli.commands import program; program(['demo', '--out', 'x'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    for folder in ("示例-报送版", "示例-内部版"):
        assert list((tmp_path / "x" / folder).glob("*.pdf")), folder
        assert list((tmp_path / "x" / folder).glob("*.docx")), folder
