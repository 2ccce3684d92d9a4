"""The walk-in counter in the window: form, look-alikes, preview, what became of the print."""
