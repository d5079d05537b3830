"""A package of somebody else's: connector, measure, signal, its advice, action and report, one file each."""
