"""The leak guard: reads a finished file back and finds the vault's protected strings in it.

It shares nothing with what wrote the file. Whether a hit may stand it leaves to a person.
"""
