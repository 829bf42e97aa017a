"""Picture degradations, on faces with known results."""

from __future__ import annotations

import pytest
import torch

from training import robustness


def test_jpeg_and_grain_degrade_without_moving_the_face() -> None:
    y, x = torch.meshgrid(torch.arange(40.0), torch.arange(40.0), indexing="ij")
    face = (40 + 180 * torch.exp(-((x - 12) ** 2 + (y - 25) ** 2) / 60))[None, None]
    fine, coarse = (robustness.stored_as_jpeg(face, quality) for quality in (95, 10))
    assert fine.shape == face.shape and (fine - face).abs().mean() < 1.5 < (coarse - face).abs().mean()
    assert divmod(int(fine.argmax()), 40) == pytest.approx((25, 12), abs=1)
    grain = (robustness.grainy(face, 10) - face).std()
    assert 8 < grain < 11


def test_side_light_comes_from_the_left_and_gamma_darkens() -> None:
    gray = torch.full((1, 48, 48), 128, dtype=torch.uint8)
    lit = robustness.side_light(gray, 0.5)[0, 24].float()
    assert lit[0] == pytest.approx(192, abs=2) and lit[47] == pytest.approx(64, abs=2)
    assert robustness.expose(gray, 2)[0, 0, 0] == pytest.approx(64, abs=1)
    assert torch.equal(robustness.expose(gray, 1), gray) and torch.equal(robustness.blur(gray, 0), gray)
