"""Thirdplace: an open, self-hosted workbench for people who look after communities."""

__version__ = "0.1.0"
