"""What documents are made and read with: the libraries' versions, for the self-test and for support."""

from __future__ import annotations

from tsguard.report.pyhanko_offline import keep_offline


def engines() -> dict[str, str]:
    """Versions by name, in the order in which a document meets them; pyHanko's is "" where it is missing.

    Raises:
        ImportError: A library that is no extra is not there.
    """
    import docx  # noqa: PLC0415 - start-up time
    import opencc  # noqa: PLC0415 - start-up time
    import pikepdf  # noqa: PLC0415 - start-up time
    import PIL  # noqa: PLC0415 - start-up time
    import reportlab  # noqa: PLC0415 - start-up time
    from pypdfium2.version import PDFIUM_INFO, PYPDFIUM_INFO  # noqa: PLC0415 - start-up time

    return {
        "reportlab": reportlab.Version,
        "pikepdf": pikepdf.__version__,
        "qpdf": pikepdf.__libqpdf_version__,
        "pypdfium2": PYPDFIUM_INFO.tag,
        "PDFium": PDFIUM_INFO.tag,
        "python-docx": docx.__version__,
        "Pillow": PIL.__version__,
        "opencc": opencc.__version__,
        "pyHanko": pyhanko_version(),
    }


def pyhanko_version() -> str:
    """The version of what signs and reads signatures; "" where it can't be used."""
    keep_offline()
    try:
        from pyhanko.sign.signers import PdfSigner  # noqa: F401, PLC0415 - the part that is used must be there
        from pyhanko.version import __version__  # noqa: PLC0415
    except ImportError:
        return ""
    return str(__version__)
