"""Names of files that Python keeps for itself go with the vault: they may tell a customer's name."""

from __future__ import annotations

import urllib.parse

import pytest

from tsguard.gui.locking.forgetting import forget


@pytest.mark.usefixtures("app")
def test_what_was_taken_for_an_address_is_forgotten() -> None:
    """From Python 3.12 a guess of a file's kind goes this way."""
    urllib.parse.urlsplit("某客户𬭎-协议.pdf")
    before = urllib.parse.urlsplit.cache_info()
    assert before.currsize
    forget()
    assert urllib.parse.urlsplit.cache_info().currsize == 0
