"""A small, strict Telegram Bot API server: real HTTP on loopback, and people to act as.

It checks more than Telegram does: what no correct bot does is an error in Telegram's words, too.
"""
