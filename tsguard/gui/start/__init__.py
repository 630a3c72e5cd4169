"""Parts of the start page: the card to unlock, doors and recent files, the steps of a new vault."""
