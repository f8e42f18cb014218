"""What the bot remembers, and the database that it stands in."""
