"""What can be done, without a word of HTTP."""
