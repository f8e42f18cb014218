"""One message to many chats, now or at a set time, durably."""
