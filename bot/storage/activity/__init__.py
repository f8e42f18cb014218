"""The queries of what happens: questions and audits, updates handled, processes on the same database."""
