"""The domain: frozen dataclasses and pure rules. No Qt, no SQL, no files, no clock."""
