"""What whoever operates a bot does beside it: a folder for it, announcing, backups, another database, the doctor."""
