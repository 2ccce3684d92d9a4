"""Badges on paper: the window's side of printing."""
