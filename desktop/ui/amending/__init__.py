"""A newer version of the plan: its difference, decisions about doubtful rows, applying it."""
