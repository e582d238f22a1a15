"""Stanchion's own code: specification in, facts for templates out."""
