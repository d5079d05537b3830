"""The pages around the eight areas: the door, the first run, sources, settings, finding."""
