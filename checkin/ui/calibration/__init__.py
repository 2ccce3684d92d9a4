"""The page on which a camera is tried out: hold a badge at arm's length, see what is read and how far."""
