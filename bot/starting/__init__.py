"""A folder for a bot of one's own, from the installed program."""
