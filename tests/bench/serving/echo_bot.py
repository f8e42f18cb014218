"""What python-telegram-bot does as it comes: the smallest bot that its documentation shows, updates side by side."""

import os
from urllib.parse import urlsplit

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters


async def echo(update: Update, _) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def main() -> None:
    """Takes the same settings from the environment as `shushuo run`."""
    application = (
        ApplicationBuilder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{os.environ['TELEGRAM_API_URL']}/bot")
        .concurrent_updates(True)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    webhook = os.environ.get("WEBHOOK_URL")
    if webhook is None:
        application.run_polling()
    else:
        place = urlsplit(webhook)
        application.run_webhook(place.hostname or "", place.port or 80, place.path[1:], webhook_url=webhook)


if __name__ == "__main__":
    main()
