"""Ask the graph: queries, networks and measures, one file each."""
