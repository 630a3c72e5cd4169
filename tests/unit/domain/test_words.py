"""Every value of an enum has its word, and what is not verified says so."""

from __future__ import annotations

import pytest

from tsguard.domain.parameters import ParameterStatus
from tsguard.domain.words import parameter_status_word


@pytest.mark.parametrize("status", ParameterStatus)
def test_every_status_of_a_figure_has_a_word(status: ParameterStatus) -> None:
    unsure = {ParameterStatus.SECOND_HAND, ParameterStatus.UNVERIFIED}
    assert ("待核" in parameter_status_word(status)) is (status in unsure)


def test_a_figure_of_our_own_never_looks_like_law() -> None:
    assert parameter_status_word(ParameterStatus.PROPOSAL) == "本项目建议"
