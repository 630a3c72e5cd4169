"""Signing Windows' executables with the publisher's certificate, where there is one.

On Windows ``signtool`` takes it from the store of certificates; elsewhere ``osslsigncode`` from a file whose
passphrase lies in another. Nothing is asked from a network: a time stamp needs an address given.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from resources.installer.running import BuildFailed, Log, windows_here


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who signs.

    Attributes:
        file: PKCS#12.
        passphrase: The file that holds its passphrase.
        time_stamp: The address of a time-stamping authority; "" for none.
    """

    file: Path
    passphrase: Path
    time_stamp: str = ""

    def secrets(self) -> tuple[str, ...]:
        """What the signing program of this system takes among its arguments and no log may hold."""
        if not windows_here() or not self.passphrase.is_file():
            return ()
        return (self.passphrase.read_text("utf-8").strip(),)

    def command(self) -> list[str]:
        """The command that signs one file in place, up to the file's name.

        Raises:
            BuildFailed: The signing program or one of the files is missing.
        """
        for file in (self.file, self.passphrase):
            if not file.is_file():
                message = f"{file} is not there"
                raise BuildFailed(message)
        if windows_here():
            (passphrase,) = self.secrets()
            stamp = ["/tr", self.time_stamp, "/td", "sha256"] if self.time_stamp else []
            return ["signtool", "sign", "/fd", "sha256", "/f", str(self.file), "/p", passphrase, *stamp]
        if shutil.which("osslsigncode") is None:
            message = "osslsigncode is missing: apt install osslsigncode"
            raise BuildFailed(message)
        stamp = ["-ts", self.time_stamp] if self.time_stamp else []
        command = [
            "osslsigncode",
            "sign",
            "-pkcs12",
            str(self.file),
            "-readpass",
            str(self.passphrase),
            "-h",
            "sha256",
        ]
        return [*command, "-n", "tsguard", *stamp]

    def script(self, folder: Path) -> str:
        """A command line that signs the file named after it in place: NSIS asks for one for the uninstaller.

        Args:
            folder: Gets a script, where the signing program cannot write over its own input.
        """
        command = self.command()
        if windows_here():
            return subprocess.list2cmdline(command)
        script = folder / "sign.sh"
        signing = f'{shlex.join(command)} -in "$1" -out "$1.signed" && mv -f "$1.signed" "$1"'
        script.write_text(f"set -e\n{signing}\n", encoding="utf-8")
        return f"sh {shlex.quote(str(script))}"

    def sign(self, file: Path, log: Log) -> None:
        """Sign one file in place."""
        if windows_here():
            log.run([*self.command(), file])
            return
        signed = file.with_name(f"{file.name}.signed")
        log.run([*self.command(), "-in", file, "-out", signed])
        signed.replace(file)
