"""Content packs in the window: a signed file with newer checklists, looked at, used, put away again."""
