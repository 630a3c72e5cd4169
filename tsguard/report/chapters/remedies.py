"""整改任务 in the internal report; in a submission they stand in the plan alone, a document of its own."""

from __future__ import annotations

from tsguard.i18n import _
from tsguard.report.blocks import Role
from tsguard.report.chapters.task_rows import task_table
from tsguard.report.chapters.tasks import in_order, task_findings
from tsguard.report.story import Material, Story


def write_remedies(material: Material, story: Story) -> None:
    """A table of all tasks with what the rules say of each; nothing in a submission."""
    if not material.internal:
        return
    items = material.items
    tasks = in_order(material.snapshot.rectifications, items)
    story.chapter(_("整改任务"))
    if not tasks:
        story.say(_("还没有登记整改任务；差距见上一章。"), Role.LEAD)
        return
    story.say(
        _("共{count}项，已关闭{closed}项。完成并复验通过才算关闭；安排见整改计划。").format(
            count=len(tasks), closed=sum(task.closed for task in tasks)
        ),
        Role.LEAD,
    )
    found = {task.id: task_findings(task, items, material) for task in tasks}
    story.add(task_table(tasks, items, found, material))
