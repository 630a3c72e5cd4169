"""The pages of the window, one job each; none knows another."""
