"""What Windows shows of an executable under 属性: name, version, publisher."""

from __future__ import annotations

import re

PRODUCT = "商业秘密保护自评"
PUBLISHER = "tsguard"
_CHINESE, _UNICODE = 0x0804, 1200


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows wants it: ``1.2.3rc1`` is (1, 2, 3, 0).

    Raises:
        ValueError: It does not begin with a number.
    """
    found = re.match(r"\d+(?:\.\d+){0,3}", version)
    if found is None:
        raise ValueError(version)
    numbers = [int(part) for part in found[0].split(".")]
    first, second, third, fourth = (*numbers, 0, 0, 0)[:4]
    return first, second, third, fourth


def version_resource(version: str, file: str, description: str) -> object:
    """The version resource of one executable, as PyInstaller takes it.

    Args:
        version: Of the program.
        file: The executable's name.
        description: What the task manager shows.
    """
    # Only there where Windows resources can be written.
    from PyInstaller.utils.win32.versioninfo import (  # noqa: PLC0415
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = four_numbers(version)
    words = {
        "CompanyName": PUBLISHER,
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": "tsguard",
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": file,
        "ProductName": PRODUCT,
        "ProductVersion": version,
    }
    table = StringTable(f"{_CHINESE:04x}{_UNICODE:04x}", [StringStruct(*each) for each in words.items()])
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[StringFileInfo([table]), VarFileInfo([VarStruct("Translation", [_CHINESE, _UNICODE])])],
    )
