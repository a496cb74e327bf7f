"""PDF and Excel sheets made from plain view data."""
