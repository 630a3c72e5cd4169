"""What can be ticked under 评估范围, and what is said of it in figures; knows no widget.

Chooses nothing and freezes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tsguard.domain.answers import Assessment
from tsguard.domain.checklist import CORE, Module, ModuleKind
from tsguard.domain.scales import Critical
from tsguard.i18n import _

_TEASER = 2
_NAMED = 3
"""Up to so many modules the sum names each with its items."""
_MINUTES_FOR_TEN = 6
"""The quick check asks ten questions in that many minutes: 25 in a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The modules that can be chosen now.

    Attributes:
        core: The general module, which is always in.
        sectors: Those of a sector that came with the program, in their order.
        addons: Those that came with the program and go with any sector.
        own: Those of the person's own that are at hand on this computer.
        kept: Those of the assessment that are not at hand here, as the vault keeps them.
    """

    core: Module
    sectors: tuple[Module, ...]
    addons: tuple[Module, ...]
    own: tuple[Module, ...] = ()
    kept: tuple[Module, ...] = ()

    def choosable(self) -> tuple[Module, ...]:
        """All but the general one, in the order in which they are offered and counted."""
        return (*self.sectors, *self.addons, *self.own, *self.kept)

    def module(self, module_id: str) -> Module | None:
        """The module of that id."""
        return next((each for each in (self.core, *self.choosable()) if each.id == module_id), None)


def offer(modules: Iterable[Module], assessment: Assessment | None) -> Offer:
    """Sort what is at hand, and add what only the assessment still has.

    A module that the assessment has frozen is offered as frozen, since that one stays chosen.

    Args:
        modules: Everything at hand on this computer, the general module among it.
        assessment: The one that is worked on, where there is one.
    """
    at_hand = {module.id: module for module in modules}
    frozen = {module.id: module for module in assessment.checklist.modules} if assessment else {}
    known = [frozen.get(module.id, module) for module in at_hand.values() if module.id != CORE]
    return Offer(
        core=frozen.get(CORE, at_hand[CORE]),
        sectors=tuple(each for each in known if each.shipped and each.kind is ModuleKind.SECTOR),
        addons=tuple(each for each in known if each.shipped and each.kind is not ModuleKind.SECTOR),
        own=tuple(each for each in known if not each.shipped),
        kept=tuple(each for each in frozen.values() if each.id not in at_hand),
    )


def size(module: Module) -> int:
    """How many items a module has."""
    return sum(1 for _item in module.items())


def size_line(module: Module) -> str:
    """``13条，其中重点项7条``, with the veto items where it has some."""
    criticals = [item.critical for item in module.items()]
    vetoes, keys = criticals.count(Critical.VETO), criticals.count(Critical.KEY)
    line = _("{count}条").format(count=len(criticals))
    if vetoes and keys:
        return line + _("，其中否决项{vetoes}条、重点项{keys}条").format(vetoes=vetoes, keys=keys)
    if vetoes:
        return line + _("，其中否决项{vetoes}条").format(vetoes=vetoes)
    return line + _("，其中重点项{keys}条").format(keys=keys) if keys else line


def teaser(module: Module) -> str:
    """How many leak paths, and the first of them, in one line; "" where it names none."""
    named = "、".join(module.leak_paths[:_TEASER])
    words = _("{count}种泄密途径，如{named}")
    return words.format(count=len(module.leak_paths), named=named) if named else ""


def total_line(core: Module, chosen: Sequence[Module]) -> str:
    """How many items the choice has, and where they come from."""
    general, rest = size(core), sum(size(each) for each in chosen)
    if not chosen:
        return _("只用通用模块，共{total}条。").format(total=general)
    if len(chosen) > _NAMED:
        line = _("共{total}条：通用{general}条、{count}个模块{rest}条。")
        return line.format(total=general + rest, general=general, count=len(chosen), rest=rest)
    parts = [_("通用{count}条").format(count=general)]
    parts += [_("{title}{count}条").format(title=each.title, count=size(each)) for each in chosen]
    return _("共{total}条：{parts}。").format(total=general + rest, parts="、".join(parts))


def consequence(before: Sequence[Module], after: Sequence[Module], answered: Iterable[str]) -> str:
    """What another choice does to the checklist and to the answers, in two sentences at most.

    Args:
        before: The modules the assessment has.
        after: The modules that are ticked now.
        answered: Ids of the items that have an answer in the vault.
    """
    there, then, done = {each.id for each in before}, {each.id for each in after}, set(answered)
    added = [each for each in after if each.id not in there]
    gone = [each for each in before if each.id not in then]
    words = ""
    if added:
        kept = _answers(added, done)
        words += _("加上{names}的{count}条").format(names=_names(added), count=sum(map(size, added)))
        words += _("，以前答过的{kept}条还在。").format(kept=kept) if kept else _("。")
    if gone:
        kept = _answers(gone, done)
        words += _("去掉{names}的{count}条，不再计分").format(names=_names(gone), count=sum(map(size, gone)))
        words += _("；已答的{kept}条留着，选回来就在。").format(kept=kept) if kept else _("。")
    return words


def quick_questions(modules: Iterable[Module]) -> int:
    """How many questions the quick check would ask of these modules."""
    return sum(bool(item.quick) for module in modules for item in module.items())


def quick_minutes(questions: int) -> int:
    """Minutes that so many questions take, in steps of five."""
    return max(5, (questions * _MINUTES_FOR_TEN + 25) // 50 * 5)


def _names(modules: Iterable[Module]) -> str:
    return "、".join(module.title for module in modules)


def _answers(modules: Iterable[Module], answered: set[str]) -> int:
    return sum(item.id in answered for module in modules for item in module.items())
