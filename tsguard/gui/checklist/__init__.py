"""The parts of the checklist page: outline, section, open card, what stands beside it."""
