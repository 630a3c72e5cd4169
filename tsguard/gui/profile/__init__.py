"""Parts of the profile page: its form, how complete it is, and the choice of modules."""
