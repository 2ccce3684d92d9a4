"""The registration desk: badges in, verdicts out, one number at the end of the day."""

__version__ = "0.1.0"
