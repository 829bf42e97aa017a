"""The one exception whose text is meant for the person at the terminal, and what prints it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import torch

NO_MEMORY = ("out of memory", "can't allocate memory", "ALLOC_FAILED")


class TrainingError(Exception):
    """Ends a command with one clear line and exit status 1, without a traceback."""


def run_command(main: Callable[[], None]) -> None:
    """Calls `main`; what the user or the machine got wrong becomes one line and exit status 1."""
    try:
        main()
    except TrainingError as error:
        sys.exit(f"training: {error}")
    except torch.cuda.OutOfMemoryError:
        sys.exit("training: the GPU is out of memory; lower batch_size in the config, or free the GPU")
    except (MemoryError, RuntimeError) as error:
        # PyTorch's own allocators and the GPU's libraries say so in a RuntimeError.
        if not isinstance(error, MemoryError) and not any(words in str(error) for words in NO_MEMORY):
            raise
        sys.exit("training: out of memory; lower batch_size in the config")
    except OSError as error:
        sys.exit(f"training: {error.filename or 'input or output'}: {error.strerror or first_line(error)}")
    except KeyboardInterrupt:
        sys.exit("training: stopped; the same command goes on from the last whole epoch")


def first_line(error: BaseException) -> str:
    """The first line of a library's message, which may be many, or the error's kind where it has none."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__
