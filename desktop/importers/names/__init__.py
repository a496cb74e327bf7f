"""Cells that name bodies and people -> names, with the words of a unit tree."""
