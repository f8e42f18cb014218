"""`bot.rehearsal.telegram_server` and its modules, under the name that the tests know them by."""

import importlib
import pkgutil
import sys

from bot.rehearsal import telegram_server
from bot.rehearsal.telegram_server import *  # noqa: F403

for module in pkgutil.iter_modules(telegram_server.__path__):
    sys.modules[f"{__name__}.{module.name}"] = importlib.import_module(f"{telegram_server.__name__}.{module.name}")
