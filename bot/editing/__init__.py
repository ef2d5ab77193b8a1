"""What editors need to measure the texts. Nothing here is needed to talk with people."""
