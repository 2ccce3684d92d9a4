"""What a desk does: admit, undo, find, count. One call is one transaction and returns a frozen dataclass."""
