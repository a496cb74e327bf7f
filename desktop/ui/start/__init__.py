"""The first start: demonstration, starter file, or setting up the consolidating unit."""
