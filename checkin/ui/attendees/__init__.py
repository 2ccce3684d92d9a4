"""The list of attendees and what is shown of one of them."""
