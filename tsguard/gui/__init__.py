"""The use cases in a window. Speaks to ``services`` only, never to ``store``, ``content`` or ``report``."""
