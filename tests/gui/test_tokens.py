"""Rules that the colours keep: WCAG 2.2 AA on every ground where text may stand."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tsguard.gui.tokens import DARK, EDGES, GROUNDS, INKS, LIGHT, TYPE, Token, Tokens, contrast, high_contrast

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def of(tokens: Tokens, name: Token) -> str:
    value: str = getattr(tokens, name)
    return value


def test_contrast_knows_the_extremes():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@BOTH
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_text_is_readable_on_every_ground(tokens, ink, ground):
    assert contrast(of(tokens, ink), of(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("edge", EDGES)
def test_edges_and_signs_are_seen_on_every_ground(tokens, edge, ground):
    assert contrast(of(tokens, edge), of(tokens, ground)) >= 3


@BOTH
@pytest.mark.parametrize("ground", ["accent", "accent_hover", "accent_press"])
def test_text_is_readable_on_the_primary_button(tokens, ground):
    assert contrast(tokens.on_accent, of(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("good", "good_soft"),
        ("warn", "warn_soft"),
        ("bad", "bad_soft"),
        ("mute", "mute_soft"),
        ("accent", "accent_soft"),
        ("ink", "good_soft"),
        ("ink", "warn_soft"),
        ("ink", "bad_soft"),
        ("ink", "accent_soft"),
        ("ink2", "accent_soft"),
        ("ink3", "accent_soft"),
        ("bad", "accent_soft"),
        ("warn", "accent_soft"),
        ("warn", "mute_soft"),
        ("accent", "warn_soft"),
        ("accent", "bad_soft"),
    ],
)
def test_meaning_is_readable_on_soft_grounds(tokens, ink, ground):
    assert contrast(of(tokens, ink), of(tokens, ground)) >= 4.5


@BOTH
def test_the_focus_ring_is_seen_on_every_ground(tokens):
    assert min(contrast(tokens.focus, of(tokens, ground)) for ground in GROUNDS) >= 3


@BOTH
def test_every_token_is_six_hexadecimal_digits(tokens):
    for field in fields(tokens):
        value = getattr(tokens, field.name)
        assert len(value) == 7
        assert value[0] == "#"
        int(value[1:], 16)


def test_high_contrast_has_the_systems_colours_only():
    made = high_contrast("#000000", "#FFFFFF", "#1AEBFF", "#000000")
    assert set(made.as_dict().values()) == {"#000000", "#FFFFFF", "#1AEBFF"}
    assert made.card == made.bad_soft == "#000000"
    assert made.bad == made.line == "#FFFFFF"
    assert made.accent == made.focus == "#1AEBFF"


def test_no_type_is_smaller_than_chinese_can_bear():
    assert min(size.px for size in TYPE.values()) == 12
    assert all(size.line > size.px for size in TYPE.values())
