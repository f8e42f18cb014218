"""What whoever operates the bot does beside it: announcing, backups, moving its database, finding out what is wrong."""
