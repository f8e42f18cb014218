"""Everything between the bot and Telegram: updates in, calls out, limits on both."""
