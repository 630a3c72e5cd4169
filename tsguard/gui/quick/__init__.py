"""The parts of the page 快速自测."""
