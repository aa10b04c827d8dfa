"""Bring the sources in, one file a source."""
