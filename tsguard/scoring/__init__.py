"""Answers to figures: pure functions. Integer arithmetic inside; rounding stated in ``arithmetic``."""
