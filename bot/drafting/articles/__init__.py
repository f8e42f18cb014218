"""Articles: the text of a file, its sections, and what it says of itself."""
