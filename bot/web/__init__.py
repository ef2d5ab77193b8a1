"""The web channel: the conversation as pages, complete without script, cookies or sessions."""
