"""Comparable values as a picture: facts in, a PNG out. Knows no Telegram."""
