"""Questions in chats, groups and inline mode, and what stands under their answers."""
