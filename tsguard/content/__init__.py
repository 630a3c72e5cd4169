"""YAML to values. Finds every problem of a file at once, with its line and the nearest name."""
