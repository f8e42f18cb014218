"""Puts this folder on the import path, where the reports of these tests live."""
