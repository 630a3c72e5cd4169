"""Columns: how the records of each register become the cells of a table. No widgets, no storage."""
