"""Which chats announcements go to, and what changes of the bot's membership mean for that."""
