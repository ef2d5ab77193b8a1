"""The Telegram channel, on python-telegram-bot."""

import os

# The library is moving its durations to timedelta and warns until one chooses the new way.
os.environ.setdefault("PTB_TIMEDELTA", "true")
