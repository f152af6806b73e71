"""The version, which the outputs name."""

__version__ = "0.1.0"
