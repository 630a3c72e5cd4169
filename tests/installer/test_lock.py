"""What the build takes from the registry: pinned, hashed, the program's own packages as everywhere else."""

from __future__ import annotations

import re

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

from resources.installer import environment
from tests.installer.places import ROOT, SOURCES

BUILD = environment.LOCK.read_text("utf-8")
PRODUCT = (ROOT / "requirements.lock").read_text("utf-8")
_ENTRY = re.compile(
    r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ \\]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?$", re.MULTILINE
)
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def entries(lock):
    """Version, marker and hashes by name."""
    found = {}
    for block in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE):
        match = _ENTRY.match(block)
        if match:
            hashes = frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
            found[match["name"], match["marker"] or ""] = (match["version"], hashes)
    return found


def test_both_locks_are_read():
    for lock in (BUILD, PRODUCT):
        lines = [line for line in lock.splitlines() if re.match(r"[^ #]", line)]
        assert len(entries(lock)) == len(lines) > 20


def test_the_build_takes_the_program_s_packages_as_the_tests_do():
    """Frozen is what was tested: the same version and the same files."""
    build, product = entries(BUILD), entries(PRODUCT)
    names = {name for name, _marker in build} & {name for name, _marker in product}
    assert {"cryptography", "sqlcipher3", "reportlab", "pikepdf", "pyside6-essentials"} <= names
    for (name, marker), found in build.items():
        if name in names:
            others = {each for (other, _marker), each in product.items() if other == name}
            assert found in others, f"{name} {marker}"


@pytest.mark.parametrize("file", ["build.lock", "windows_python.lock"])
def test_every_entry_is_pinned_and_hashed(file):
    found = entries((SOURCES / file).read_text("utf-8"))
    assert found
    for (name, _marker), (version, hashes) in found.items():
        assert re.fullmatch(r"[0-9][0-9a-z.+!-]*", version), name
        assert hashes, name


@pytest.mark.parametrize("file", ["build.lock", "windows_python.lock"])
def test_no_lock_names_an_address(file):
    lock = (SOURCES / file).read_text("utf-8")
    assert "://" not in lock
    assert not re.search(r"--(?:extra-)?index|--find-links|file:|@ ", lock)


# --- for the system that is built for -------------------------------------------------------------

LOCK = """# made by a tool
alpha==1.0 \\
    --hash=sha256:1a \\
    --hash=sha256:1b
    # via beta
beta==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:2a
    # via -r input
gamma==3.0 ; sys_platform != 'win32' \\
    --hash=sha256:3a \\
    --hash=sha256:3b
delta==4.0 ; python_full_version >= '3.12' and platform_machine != 'aarch64' \\
    --hash=sha256:4a \\
    --hash=sha256:4b
"""


def test_the_windows_entries_stay_with_all_their_hashes():
    lines = "".join(environment.for_markers(LOCK))
    assert lines == (
        "alpha==1.0 \\\n    --hash=sha256:1a \\\n    --hash=sha256:1b\n"
        "beta==2.0 \\\n    --hash=sha256:2a\n"
        "delta==4.0 \\\n    --hash=sha256:4a \\\n    --hash=sha256:4b\n"
    )


@pytest.mark.parametrize("lock", [BUILD, PRODUCT], ids=["build", "product"])
def test_no_hash_of_a_kept_entry_is_lost_and_none_is_added(lock):
    """Also in what pip reads: a line without its continuation would end the entry early."""
    kept = entries("".join(environment.for_markers(lock)))
    every = entries(lock)
    wanted = {
        (name, ""): found
        for (name, marker), found in every.items()
        if not marker or Marker(marker).evaluate(dict(environment.MARKERS))
    }
    assert kept == wanted
    text = "".join(environment.for_markers(lock))
    for line in text.splitlines():
        assert _HASH.match(line) or Requirement(line.removesuffix(" \\"))
    for block in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        lines = block.splitlines()
        assert [line.endswith("\\") for line in lines] == [True] * (len(lines) - 1) + [False]


MARKERS = [
    # marker, whether Windows' CPython 3.12 on an Intel machine takes it
    ("sys_platform == 'win32'", True),
    ("sys_platform != 'win32'", False),
    ("platform_system == 'Windows'", True),
    ("os_name == 'nt'", True),
    ("os_name == 'posix'", False),
    ("python_full_version < '3.13'", True),
    ("python_full_version >= '3.13'", False),
    ("python_version >= '3.9'", True),
    ("platform_machine == 'AMD64'", True),
    ("platform_machine == 'aarch64'", False),
    ("implementation_name == 'cpython'", True),
    ("platform_python_implementation == 'PyPy'", False),
    ("sys_platform == 'win32' and python_version < '3.12'", False),
    ("sys_platform == 'darwin' or os_name == 'nt'", True),
]


@pytest.mark.parametrize(("marker", "taken"), MARKERS)
def test_what_windows_takes(marker, taken):
    """As pip itself decides, of the same computer."""
    lock = f"thing==1 ; {marker} \\\n    --hash=sha256:aa\n"
    assert bool("".join(environment.for_markers(lock))) is taken
    pip = pytest.importorskip("pip._vendor.packaging.markers", reason="pip is not installed here")
    assert pip.Marker(marker).evaluate(dict(environment.MARKERS)) is taken


def test_the_computer_is_described_in_all_words_that_markers_have():
    from packaging.markers import default_environment

    assert environment.MARKERS.keys() == default_environment().keys()
