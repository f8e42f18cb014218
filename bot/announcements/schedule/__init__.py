"""Announcements at set times: moments, cron expressions, and what becomes due."""
