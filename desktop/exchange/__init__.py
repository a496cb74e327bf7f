"""Packages: container, keys, signatures, verification. No SQL, no Qt."""
