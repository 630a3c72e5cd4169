"""The parts of the page 变更记录: what was changed, and what there was on a past day."""
