"""From the finished folder to what is handed out: installer, portable copy, archive, sums."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
import zipfile
from pathlib import Path

from resources.installer.frozen import CONSOLE, WINDOW, Frozen
from resources.installer.running import BuildFailed, Log, windows_here
from resources.installer.signing import Certificate
from resources.installer.version_resource import four_numbers

HERE = Path(__file__).parent
_ICONS = Path("_internal") / "tsguard" / "resources" / "icons" / "program"


def installer(
    frozen: Frozen, version: str, out: Path, log: Log, certificate: Certificate | None = None
) -> Path:
    """Make ``tsguard-setup-VERSION.exe``.

    Raises:
        BuildFailed: NSIS is missing or refuses the script.
    """
    made = out / f"tsguard-setup-{version}.exe"
    sign = certificate.script(out) if certificate is not None else ""
    compile_script(frozen.folder, version, made, log, sign)
    if certificate is not None:
        certificate.sign(made, log)
    return made


def compile_script(source: Path, version: str, made: Path, log: Log, sign: str = "") -> None:
    """Compile the NSIS script for a folder; every warning is a failure.

    Args:
        source: The frozen folder.
        version: Of the program.
        made: The installer.
        log: Where it is told.
        sign: A command line that signs the file named after it; "" leaves the uninstaller unsigned.
    """
    makensis = shutil.which("makensis") or shutil.which("makensis", path=r"C:\Program Files (x86)\NSIS")
    if makensis is None:
        message = "makensis is missing: apt install nsis, or NSIS 3 from its publisher on Windows"
        raise BuildFailed(message)
    made.parent.mkdir(parents=True, exist_ok=True)
    facts = {
        "SOURCE": source.absolute(),
        "OUT": made.absolute(),
        "VERSION": version,
        "NUMBERS": ".".join(map(str, four_numbers(version))),
        "WINDOW": f"{WINDOW}.exe",
        "CONSOLE": f"{CONSOLE}.exe",
        "ICON": (source / _ICONS / "tsguard.ico").absolute(),
        "VAULTICON": str(_ICONS / "vault.ico").replace("/", "\\"),
    }
    words = [f"-D{name}={value}" for name, value in facts.items()]
    if not windows_here():
        words.append("-DAMD64")
    if sign:
        words.append(f"-DSIGN={sign}")
    log.run([makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, HERE / "tsguard.nsi"])


def portable(frozen: Frozen, version: str, out: Path) -> Path:
    """Make the copy for a stick: the folder with the file ``portable`` in it, as a zip."""
    made = out / f"tsguard-portable-{version}.zip"
    top = f"tsguard-{version}"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(frozen.folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"{top}/{path.relative_to(frozen.folder).as_posix()}")
        archive.writestr(f"{top}/portable", "")
    return made


def archive(frozen: Frozen, version: str, out: Path) -> Path:
    """Make the archive for Linux."""
    made = out / f"tsguard-{version}-linux-x86_64.tar.xz"
    with tarfile.open(made, "w:xz", preset=4) as packed:
        packed.add(frozen.folder, f"tsguard-{version}")
    return made


def sums(files: list[Path], out: Path) -> Path:
    """Write ``SHA256SUMS`` over files of one folder, as ``sha256sum -c`` reads it."""
    lines = []
    for file in files:
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256")
        lines.append(f"{digest.hexdigest()}  {file.name}\n")
    made = out / "SHA256SUMS"
    made.write_text("".join(lines), encoding="utf-8", newline="\n")
    return made
