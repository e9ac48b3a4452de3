"""The error of a filter pattern that CloudWatch Logs would refuse."""


class InvalidPattern(ValueError):
    """A filter pattern cannot be read; the message says which part and what to write instead."""
