"""From an article to the first version of its report file."""
