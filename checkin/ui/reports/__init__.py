"""Writing reports from the window: which, as what, a look at it first, and who asked why."""
