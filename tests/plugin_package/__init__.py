"""A package of somebody else's: one connector, one measure, one signal, one action, one file each."""
