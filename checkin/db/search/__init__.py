"""Find persons as staff type: from one letter, in any order, in any script, with a typing error or two.

How it works and why: see `finder` (the search) and `indexing` (the tables). Everything else of the program needs only the
names below.
"""

from checkin.db.search.finder import Hit, Search
from checkin.db.search.indexing import catch_up, create, enqueue, index, index_range, remove

__all__ = ["Hit", "Search", "catch_up", "create", "enqueue", "index", "index_range", "remove"]
