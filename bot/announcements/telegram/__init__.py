"""Announcements in Telegram: the admins' commands, previews, progress, and the sending of one message."""
