"""The window's pages, a module each. A module names its page (`PAGE = ScanPage`); the window walks here."""
