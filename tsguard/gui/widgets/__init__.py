"""Controls of the window's own. They know the theme and plain values, never a session or a score."""
