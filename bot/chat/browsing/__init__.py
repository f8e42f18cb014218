"""Leafing through the reports: sections, facts, links to them, and /about."""
