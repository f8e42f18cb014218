"""Metrics, health, logs and errors of the running bot, and no secret in any of them."""
