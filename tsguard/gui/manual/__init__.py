"""The manual in the window: a sheet with an outline, a search, and the text."""
