"""What is done from a shell: ``python -m src.commands --help``."""


class CommandError(Exception):
    """A command cannot do what it was asked for; the message is one sentence."""
