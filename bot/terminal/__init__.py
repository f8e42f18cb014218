"""The terminal: the same answers as in a chat, for people and for scripts."""
