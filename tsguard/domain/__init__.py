"""What there is: frozen values. No files, no clock, no Qt."""
