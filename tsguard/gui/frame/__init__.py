"""The frame round the pages of an open vault: navigation, message bar, routing, keys."""
