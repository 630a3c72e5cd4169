"""Forms whose fields store themselves: the fields as a form sees them, and when they are stored."""
