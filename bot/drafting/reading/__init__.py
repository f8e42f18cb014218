"""Reads statistical prose: each figure, what it is of, and how it is told."""
