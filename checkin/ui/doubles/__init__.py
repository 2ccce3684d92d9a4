"""Badges that were let in at two desks: the notice, and the page where a person looks at them."""
