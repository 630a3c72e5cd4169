"""Names that Windows takes for a device, for another name, or not at all."""

from __future__ import annotations

import pytest

from tsguard.domain.windows_names import is_device, is_refused


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "con.tsg",
        "NUL",
        "aux.tsg",
        "Prn.tar.gz",
        "COM1.pdf",
        "lpt9",
        "COM¹.tsg",
        "conin$",
        "nul .tsg",
    ],
)
def test_devices(name):
    assert is_device(name)
    assert is_refused(name)


@pytest.mark.parametrize(
    "name",
    [
        "企业.tsg.",
        "企业 ",
        "报告.pdf ",
        "a:b.pdf",
        "a?",
        "a*",
        'a"',
        "a<b",
        "a>b",
        "a|b",
        "a\nb",
        "a\\b",
        ".",
    ],
)
def test_others_that_are_refused(name):
    assert not is_device(name)
    assert is_refused(name)


@pytest.mark.parametrize(
    "name",
    [
        "企业.tsg",
        "𬭎 㵘 䶮 𠮷.tsg",
        ".企业.tsg.lock",
        "a b (二).pdf",
        "console.tsg",
        "COM0",
        "COM10",
        "com.tsg",
        "my aux.tsg",
        " led by a blank",
        "100%.pdf",
        "a..b",
        "x'y&z;[1]{2}.pdf",
    ],
)
def test_names_that_are_none_of_them(name):
    assert not is_refused(name)
