"""Puts the pieces together and serves Telegram."""

from .service import run

__all__ = ["run"]
