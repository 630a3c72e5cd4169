"""What steps keep: nothing of the values once they are forgotten, typed in one go or in several."""

from __future__ import annotations

import gc
import itertools
import weakref

import pytest
from PySide6.QtWidgets import QApplication

from tsguard.gui.steps import Steps


class Value:
    """Something that a change holds."""

    def use(self) -> None:
        """Stands for storing it."""


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("typed", ["", "note"])
def test_forgotten_steps_hold_no_value(typed: str) -> None:
    steps = Steps()
    values = [Value() for _at in range(4)]
    watched = [weakref.ref(each) for each in values]
    for before, after in itertools.pairwise(values):
        steps._change("改", back=before.use, forth=after.use, key=typed)
    assert steps.undo_stack.count() == (1 if typed else 3)
    del values, before, after
    steps.forget_steps()
    QApplication.processEvents()
    gc.collect()
    assert [each() for each in watched] == [None] * 4
