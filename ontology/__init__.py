"""What the words mean: the vocabulary, its shapes and schemes, and their names in Python."""
