"""What a message of a conversation means after what was said before: a question, a follow-up, a claim, a list, talk."""

from .conversation import Conversation, last_answer

__all__ = ["Conversation", "last_answer"]
