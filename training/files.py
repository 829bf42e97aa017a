"""Files that appear whole or not at all, whenever the process is killed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .errors import TrainingError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Yields a path beside `path` to write to, renamed to `path` when the block ends without an error."""
    # The suffix stays, since image libraries choose the format by it.
    partial = path.with_name(f".{path.stem}.partial{path.suffix}")
    try:
        yield partial
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def read_json(path: Path, hint: str = "") -> Any:
    """What a JSON file holds; raises TrainingError, with the hint, where it is missing, and where it is damaged."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError as error:
        raise TrainingError(f"{path} is missing{hint and ': ' + hint}") from error
    except ValueError as error:  # also text that is no UTF-8
        raise TrainingError(f"{path} is damaged: {error}") from error


def write_json(path: Path, value: Any) -> None:
    with written_whole(path) as partial:
        partial.write_text(json.dumps(value, indent=1, allow_nan=False) + "\n")
