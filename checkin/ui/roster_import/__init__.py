"""The wizard that turns an organiser’s file into attendees."""
