"""Sends announcements to many chats: paced, in order, each result committed; knows nothing of Telegram's library."""
