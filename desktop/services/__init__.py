"""Use cases; every write is one transaction and returns what changed."""
