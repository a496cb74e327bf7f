"""Thiết lập: facts of this PC, theme and text size."""
