"""The one exception whose text is meant for the person at the terminal."""


class TrainingError(Exception):
    """Ends a command with one clear line and exit status 1, without a traceback."""
