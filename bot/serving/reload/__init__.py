"""Reading and changing the knowledge while the bot answers."""
