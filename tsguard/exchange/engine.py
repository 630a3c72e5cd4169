"""What spreadsheets are read and written with: the library's version, for the self-test and for support."""

from __future__ import annotations


def engines() -> dict[str, str]:
    """Versions by name.

    Raises:
        ImportError: The library is not there.
    """
    import openpyxl  # noqa: PLC0415 - start-up time

    return {"openpyxl": openpyxl.__version__}
