"""The exception whose text is shown to the user, and the function that prints it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import torch

NO_MEMORY = ("out of memory", "can't allocate memory", "ALLOC_FAILED")


class TrainingError(Exception):
    """Ends a command with one line of text and exit status 1, without a traceback."""


def run_command(main: Callable[[], None]) -> None:
    """Calls `main`; errors of the user or the machine become one line and exit status 1."""
    try:
        main()
    except TrainingError as error:
        sys.exit(f"training: {error}")
    except torch.cuda.OutOfMemoryError:
        sys.exit("training: the GPU is out of memory; lower batch_size in the config, or free the GPU")
    except (MemoryError, RuntimeError) as error:
        # PyTorch's own allocators and GPU libraries report this as a RuntimeError.
        if not isinstance(error, MemoryError) and not any(words in str(error) for words in NO_MEMORY):
            raise
        sys.exit("training: out of memory; lower batch_size in the config")
    except OSError as error:
        sys.exit(f"training: {error.filename or 'input or output'}: {error.strerror or first_line(error)}")
    except KeyboardInterrupt:
        sys.exit("training: stopped; run the same command again to resume from the last complete epoch")


def first_line(error: BaseException) -> str:
    """First line of a library's message, or the error's type if it has none."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__
