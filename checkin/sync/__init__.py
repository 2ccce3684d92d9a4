"""One number on every laptop: journals, lists and notices go to a hub and come from it (design: SYNC.md)."""
