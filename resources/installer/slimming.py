"""What the frozen program leaves out: what it never uses, and everything that could reach a network.

``oversized`` and ``reaching_out`` are asked of the finished folder, so that a newer library that brings
something along is noticed. Must not leave out what ``tsguard self-test`` opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

MODULES = (
    # Nobody's network: pyHanko's fetchers of revocation lists, which we never call.
    "aiohttp",
    "requests",
    "urllib3",
    "certifi",
    "ssl",
    "_ssl",
    "ftplib",
    "smtplib",
    "poplib",
    "imaplib",
    "xmlrpc",
    "PySide6.QtNetwork",
    # Python's own SQLite and OpenSSL: ours are SQLCipher and cryptography; digests have code of their own.
    "_hashlib",
    "_sqlite3",
    # Questions to Windows' management service, for a version that we ask otherwise.
    "_wmi",
    # Tools of developers.
    "IPython",
    "hypothesis",
    "lib2to3",
    "matplotlib",
    "numpy",
    "pip",
    "pygments",
    "pkg_resources",
    "pydoc",
    "pydoc_data",
    "pytest",
    "setuptools",
    "test",
    "unittest",
    # Under the GPL, and nobody edits lines here.
    "readline",
    # Another window, and pictures that nobody brings.
    "tkinter",
    "PIL.AvifImagePlugin",
    "PIL.ImageQt",
    "PIL.ImageTk",
    "PIL._avif",
    "PIL._imagingtk",
    # Drawn by nothing of ours.
    "reportlab.graphics.barcode",
    "lxml.html",
    "lxml.objectify",
    "lxml.isoschematron",
)
"""Modules that are not taken, though some library could import them."""

_UNWANTED = re.compile(
    r"""
      (^|/)opengl32sw\.dll$                              # a renderer without graphics card; widgets need none
    | (^|/)(lib)?Qt6?(Network|Qml|Quick|OpenGL|VirtualKeyboard|Sql|Test|Designer|ShaderTools)\w*
    | (^|/)(Qt6DBus\.dll|QtDBus\.pyd)$                  # the bus of Linux desktops
    | (^|/)(lib)?Qt6?(Wayland|EglFS|WlShell)\w*
    | /plugins/(networkinformation|tls|qmltooling|egldeviceintegrations|generic|sqldrivers|wayland[\w-]*)/
    | /plugins/platforms/(lib)?q(direct2d|eglfs|linuxfb|vnc|minimal|minimalegl|vkkhrdisplay|wayland[\w-]*)\.
    | /plugins/platforminputcontexts/(lib)?qtvirtualkeyboard
    | /plugins/platformthemes/libqgtk3
    | /plugins/imageformats/(lib)?q(tiff|tga|wbmp|icns|pdf)\.
    | (^|/)lib(gtk-3|gdk-3|cairo|pango)[\w.-]*so
    | /translations/(?!qtbase_zh_CN)
    | (^|/)opencc/clib/(bin|include|lib|lib64)/       # its own commands, and what others would build on it
    | (^|/)opencc/clib/share/opencc/(ST|HK|TW|JP)     # dictionaries away from simplified characters
    | (^|/)docx/templates/default-docx-template/      # what default.docx was made of
    | /(tests?|__pycache__)/
    | \.(pyi|pxd|pyx|c|h|hpp|lib|exp)$
    | (^|/)tcl86t\.dll$ | (^|/)tk86t\.dll$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SYSTEM = re.compile(r"lib(?!python|ffi|bz2|lzma|z\.|expat|crypto)[^/]*\.so[.\d]*$")
_NETWORK = re.compile(
    r"(^|/)(_ssl\.|libssl|qschannel|qopensslbackend|aiohttp|requests|certifi)", re.IGNORECASE
)


def unwanted(name: str) -> bool:
    """Whether a file is left out.

    Args:
        name: Its place in the folder, with either kind of slash.
    """
    return _UNWANTED.search(name.replace("\\", "/")) is not None


def of_the_system(name: str) -> bool:
    """Whether a library for Linux belongs to the computer it runs on, and not into the folder.

    What the window needs there differs from one distribution to the next, and each has it; only what Python
    itself was linked with comes along.

    Args:
        name: Its place in the folder; a name without folder was found in the system.
    """
    return _SYSTEM.match(name) is not None


def reaching_out(folder: Path) -> list[str]:
    """Files of the finished folder that could only be there to reach a network."""
    return sorted(name for name in _names(folder) if _NETWORK.search(name))


def heaviest(folder: Path, count: int = 15) -> list[tuple[int, str]]:
    """What makes the folder's size: bytes and name of its parts two folders deep, largest first."""
    sizes: dict[str, int] = {}
    for path in _files(folder):
        inside = path.relative_to(folder).parts
        name = "/".join(inside[: 3 if inside[0] == "_internal" else 1])
        sizes[name] = sizes.get(name, 0) + path.stat().st_size
    return sorted(((size, name) for name, size in sizes.items()), reverse=True)[:count]


def total(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path in _files(folder))


def _names(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in _files(folder))


def _files(folder: Path) -> Iterable[Path]:
    # On Linux one library lies under two names.
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
