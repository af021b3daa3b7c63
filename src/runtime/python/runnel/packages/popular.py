"""Data: packages that people use, for suggestions where a name is misspelt. Loaded only then."""

_NAMES = """
requests flask django
"""

POPULAR: frozenset[str] = frozenset(_NAMES.split())
