"""One message to many chats, now or at a set time; knows nothing of Telegram's library."""
