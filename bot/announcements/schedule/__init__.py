"""Announcements at set times: moments, cron expressions, and the admins' commands for them."""
