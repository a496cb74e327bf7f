"""The window: PySide6 lives here and in app.py only; one sub-package per screen."""
