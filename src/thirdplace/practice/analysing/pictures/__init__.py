"""Analysing: pictures, one a file."""
