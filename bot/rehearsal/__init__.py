"""The whole bot without Telegram: a Bot API server on this machine, and what acts as people do."""
