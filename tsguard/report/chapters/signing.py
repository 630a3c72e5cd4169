"""Where a plan is signed: who drew it up, who looked at it, who approved it."""

from __future__ import annotations

from tsguard.i18n import _
from tsguard.report.blocks import Entry, Form, line
from tsguard.report.marked import said
from tsguard.report.story import Story


def write_signing(story: Story, *, numbered: bool = True) -> None:
    """A grid with a place for each signature and its date.

    Args:
        story: Where it is written.
        numbered: Whether the chapter has other sections beside it.
    """
    story.section(_("编制、审核与批准"), numbered=numbered)
    # Two lines, so that there is room for a hand.
    blank, day = line(said("\u3000\n\u3000")), line(said(_("　　　年　月　日")))
    entries = []
    for label in (_("编制（签字）"), _("审核（签字）"), _("批准（签字）")):
        entries += [Entry(said(label), blank), Entry(said(_("日期")), day)]
    story.add(Form(tuple(entries)))
