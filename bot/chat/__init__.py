"""The Telegram conversation: an update comes in, messages go out."""
