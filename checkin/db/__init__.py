"""The event's database: one SQLite file, reached through SQLAlchemy Core. Nothing outside this package sees a row."""
