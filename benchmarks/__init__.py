"""How fast the generator is, and what it generates; each figure is a ratio within one run."""
