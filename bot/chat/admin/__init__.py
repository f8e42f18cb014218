"""What only admins may do in a chat: /reload, documents, /status, /unanswered and more."""
