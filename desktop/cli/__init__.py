"""The headless commands: parse, call a service, print. Composition root without a window."""
