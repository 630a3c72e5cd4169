"""What the program is, where its own things lie, and what it is made of. Knows nothing of a vault."""
