"""Views in, code out: one module a language."""
