"""The measures of matrices of regions and areas: one file each, found by its name."""
