"""A strict stand-in for Telegram's Bot API, and a driver that acts as the person in the chat."""
