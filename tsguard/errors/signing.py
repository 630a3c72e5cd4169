"""Electronic signatures: why a document is not signed."""

from __future__ import annotations

from enum import StrEnum

from tsguard.errors.given import InputError


class SigningFault(StrEnum):
    """Why a certificate is of no use here."""

    NOT_INSTALLED = "not-installed"
    NOT_PKCS12 = "not-pkcs12"
    WRONG_PASSPHRASE = "wrong-passphrase"
    NO_KEY = "no-key"
    KEY_KIND = "key-kind"


class SigningRefused(InputError):
    """The document is not signed, and nothing was written.

    Attributes:
        fault: Why.
        extra: What to install where signing is missing, as pip names it; "" otherwise.
    """

    def __init__(self, fault: SigningFault, extra: str = "") -> None:
        super().__init__(fault=fault.value, extra=extra)
        self.fault = fault
        self.extra = extra
