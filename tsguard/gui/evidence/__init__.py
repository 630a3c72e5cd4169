"""Evidence on its way out of the vault: looked at inside, opened outside, saved, checked."""
