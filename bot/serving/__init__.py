"""Puts the pieces together and serves Telegram."""

from .run import run

__all__ = ["run"]
