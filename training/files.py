"""Atomic file writes, safe against a kill at any time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .errors import TrainingError


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yields a temporary path next to `path`, which is renamed to `path` when the block ends without an error."""
    # Keeps the suffix, which determines the format for image libraries.
    partial = path.with_name(f".{path.stem}.partial{path.suffix}")
    try:
        yield partial
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def read_json(path: Path, hint: str = "") -> Any:
    """Parses a JSON file; raises TrainingError if it is missing (with the hint) or damaged."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError as error:
        raise TrainingError(f"{path} is missing{hint and ': ' + hint}") from error
    except ValueError as error: # includes invalid UTF-8
        raise TrainingError(f"{path} is damaged: {error}") from error


def write_json(path: Path, value: Any) -> None:
    with atomic_write(path) as partial:
        partial.write_text(json.dumps(value, indent=1, allow_nan=False) + "\n")
