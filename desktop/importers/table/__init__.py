"""A grid -> the rows of the plan's table, its head and its narrative, with their places."""
