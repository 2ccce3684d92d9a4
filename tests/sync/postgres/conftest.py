"""The fixtures of place.py."""

from tests.sync.postgres.place import place, server

__all__ = ["place", "server"]
