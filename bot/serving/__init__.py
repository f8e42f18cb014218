"""Puts the pieces together and serves Telegram."""
