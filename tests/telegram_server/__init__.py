"""`bot.rehearsal.telegram_server`, and its modules without the names of their packages, as the tests know them."""

import importlib
import pkgutil
import sys

from bot.rehearsal import telegram_server
from bot.rehearsal.telegram_server import *  # noqa: F403

for module in pkgutil.walk_packages(telegram_server.__path__, f"{telegram_server.__name__}."):
    sys.modules[f"{__name__}.{module.name.rpartition('.')[2]}"] = importlib.import_module(module.name)
