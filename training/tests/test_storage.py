"""8-bit storage: decoded like in tfjs, and close to the original."""

from __future__ import annotations

import numpy as np
import pytest

from training.model.storage import STEPS, eight_bits, half_precision


@pytest.mark.parametrize(("low", "high"), [(-0.4, 0.3), (0.1, 0.9), (-2.0, -0.5), (-1e-5, 3.0)])
def test_eight_bits_round_to_half_a_step_and_keep_zero(low: float, high: float) -> None:
    values = np.linspace(low, high, 999, dtype=np.float32)
    values[500] = 0
    stored = eight_bits("stem/kernel", values.reshape(3, 3, 111))
    assert stored.values.dtype == np.uint8 and stored.entry["shape"] == [3, 3, 111]
    assert stored.entry["name"] == "stem/kernel" and stored.entry["dtype"] == "float32"
    # The range includes 0, which falls on a whole step: the far end may be off by half a step.
    step = (max(high, 0) - min(low, 0)) / STEPS
    assert stored.quantization["scale"] == pytest.approx(step, rel=1e-6)
    assert np.abs(stored.decoded().ravel() - values).max() <= 0.501 * step
    assert stored.decoded().ravel()[500] == 0


def test_eight_bits_keep_a_zero_kernel() -> None:
    assert (eight_bits("a/kernel", np.zeros((4, 7), np.float32)).decoded() == 0).all()


def test_half_precision_stores_float16() -> None:
    values = np.array([1.00048828125, -3.5], np.float32)
    assert (half_precision("a/bias", values).decoded() == np.float16(values)).all()
