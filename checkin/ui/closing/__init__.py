"""The parts of the End of day page, and what the window says when a day ends."""
