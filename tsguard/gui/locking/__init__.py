"""Locking without being asked: after idle minutes, with the system, when minimised. Privacy from looks."""
