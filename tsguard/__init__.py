"""tsguard: how well does a company protect its trade secrets, answered offline."""

__version__ = "0.1.0"
