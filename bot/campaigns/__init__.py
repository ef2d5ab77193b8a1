"""Campaigns: what brought a person here, its links, and what is printed for it."""
