"""Puts tests/ on the import path, where the small report and the strict Telegram server live."""
