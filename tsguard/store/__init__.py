"""One encrypted file: key, schema, migrations, transactions, journal.

Nothing here knows Qt, a report or a word that a person reads.
"""
