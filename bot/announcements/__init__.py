"""Sends one message to many chats, now or at a set time, and none is lost with the process."""
