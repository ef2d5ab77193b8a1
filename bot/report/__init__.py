"""The outcome on paper (PDF) and on picture cards, set by typst: the extra ``rapport``."""
