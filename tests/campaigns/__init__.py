"""The vault's promises put to the test at length; anyone can repeat it: ``python -m tests.campaigns``."""
