"""What the operating system keeps for one person on one computer: Windows' DPAPI, nothing elsewhere.

The system encrypts a few bytes so that only this account on this computer gets them back. It must not
write files; where the result lies is somebody else's business.
"""

from __future__ import annotations

import sys
from typing import Protocol


class Keeper(Protocol):
    """Encrypts for this person on this computer."""

    def protect(self, content: bytes, purpose: bytes) -> bytes | None:
        """The content encrypted, or None where the system says no.

        Args:
            content: Secret.
            purpose: Needed again to get it back.
        """

    def reveal(self, protected: bytes, purpose: bytes) -> bytes | None:
        """The content, or None where it is another person's, another computer's, or broken."""


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _SILENT = 1  # CRYPTPROTECT_UI_FORBIDDEN

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

    class _Dpapi:
        """CryptProtectData and CryptUnprotectData, with the purpose as their entropy."""

        def protect(self, content: bytes, purpose: bytes) -> bytes | None:
            return self._call(ctypes.windll.crypt32.CryptProtectData, content, purpose)

        def reveal(self, protected: bytes, purpose: bytes) -> bytes | None:
            return self._call(ctypes.windll.crypt32.CryptUnprotectData, protected, purpose)

        @staticmethod
        def _call(function: object, content: bytes, purpose: bytes) -> bytes | None:
            given, salt, result = _blob(content), _blob(purpose), _Blob()
            ok = function(  # type: ignore[operator]
                ctypes.byref(given), None, ctypes.byref(salt), None, None, _SILENT, ctypes.byref(result)
            )
            if not ok:
                return None
            try:
                return ctypes.string_at(result.data, result.size)
            finally:
                ctypes.windll.kernel32.LocalFree(result.data)

    def _blob(content: bytes) -> _Blob:
        kept = ctypes.create_string_buffer(content, len(content))
        return _Blob(len(content), ctypes.cast(kept, ctypes.POINTER(ctypes.c_char)))


def keeper() -> Keeper | None:
    """The system's keeper; None where it has none."""
    if sys.platform == "win32":
        return _Dpapi()
    return None
