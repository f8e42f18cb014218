"""What the bot says in Telegram: Fluent files, in Chinese and English, and who is spoken to in which."""

from .fluent import Texts, texts
from .locale import Locale, locale_for, locale_named, locale_of

__all__ = ["Locale", "Texts", "locale_for", "locale_named", "locale_of", "texts"]
