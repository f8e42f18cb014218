"""The pictures of a conversation in the READMEs, drawn from a run of the bot."""
