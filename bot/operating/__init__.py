"""What whoever operates the bot does beside it: backups, moving to another database, and finding out what is wrong."""
