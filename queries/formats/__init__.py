"""The formats of network files: one file a format, found by its name."""
