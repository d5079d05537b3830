"""Connectors: each reads one kind of export, and says what it found, what it left out and why."""
