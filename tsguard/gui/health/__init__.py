"""Parts for examining a vault: the report, the sheet for a file at rest, the look at older states."""
