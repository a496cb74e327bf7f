"""The plan: reading and checking a file, issuing, showing, correcting, amending, the next year."""
