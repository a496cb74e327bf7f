"""The SQLite store: migrations, journal, projections, queries. The only SQL."""
