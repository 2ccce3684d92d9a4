"""The end of a day: everything saved, sent and heard, one number, and the reports. Everybody's work is only put together."""
