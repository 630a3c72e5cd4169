"""In and out: spreadsheets that people fill in and hand back."""
