import dataclasses
import math
from collections.abc import Callable

import pytest
import torch

from training.data import augment as a
from training.data.augment import Augmentation, augment

ALL = Augmentation(blur_p=0.5, median_luminance_p=0.5, closing_p=0.5, stored_p=0.5)


def generator(seed: int = 1) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def pictures(n: int = 64) -> torch.Tensor:
    y, x = torch.meshgrid(torch.linspace(-1, 1, 48), torch.linspace(-1, 1, 48), indexing="ij")
    face = 0.2 + 0.6 * torch.exp(-((x / 0.6) ** 2 + (y / 0.8) ** 2) ** 2)
    return (face + 0.05 * torch.rand(n, 1, 48, 48, generator=generator(9))).clamp(0, 1)


def test_augment_stays_in_range_and_changes_faces() -> None:
    x = pictures(256)
    before = x.clone()
    y = augment(x, ALL, generator())
    assert y.shape == x.shape and torch.isfinite(y).all() and y.min() >= 0 and y.max() <= 1
    assert torch.equal(x, before), "the input is unchanged"
    assert ((y - x).abs().mean((1, 2, 3)) > 1e-3).float().mean() > 0.95


def test_augment_depends_on_the_seed_alone() -> None:
    x = pictures()
    assert torch.equal(augment(x, ALL, generator(5)), augment(x, ALL, generator(5)))
    assert not torch.equal(augment(x, ALL, generator(5)), augment(x, ALL, generator(6)))


def test_disabled_steps_draw_no_random_numbers() -> None:
    # Runs from before the step existed must stay reproducible bit by bit.
    x, g, h = pictures(), generator(), generator()
    augment(x, Augmentation(), g)
    augment(x, dataclasses.replace(Augmentation(), blur_p=1e-9), h)
    assert not torch.equal(g.get_state(), h.get_state()), "an active step draws"
    steps = generator()
    y = x
    o = Augmentation()
    y = a.gamma(a.gradient(a.geometric(y, o, steps), o.gradient_p, steps), o.gamma_p, steps)
    y = a.noise(a.low_resolution(y, o.low_resolution_p, steps), o.noise_p, steps)
    y = a.erase(a.jpeg(y, o.jpeg_p, steps), o.erase_p, steps)
    assert torch.equal(y, augment(x, o, generator())) and torch.equal(steps.get_state(), g.get_state())


@pytest.mark.parametrize("step", [
    a.gradient, a.gamma, a.low_resolution, a.noise, a.jpeg, a.erase, a.blur, a.median_luminance, a.closing, a.stored,
])
def test_probability_is_the_share_of_changed_faces(
    step: Callable[[torch.Tensor, float, torch.Generator], torch.Tensor],
) -> None:
    x = pictures(400)
    assert torch.allclose(step(x, 0.0, generator()), x)
    share = (step(x, 0.5, generator()) - x).abs().amax((1, 2, 3)).gt(1e-4).float().mean().item()
    assert 0.38 < share < 0.62


def moments(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Mass and centre of a bright blob, in pixels."""
    mass = x.sum((1, 2, 3))
    at = torch.arange(48.0)
    return mass, (x.sum((1, 2)) * at).sum(1) / mass, (x.sum((1, 3)) * at).sum(1) / mass


def test_geometry_stays_within_its_limits() -> None:
    y, x = torch.meshgrid(torch.arange(48.0), torch.arange(48.0), indexing="ij")
    dot = torch.exp(-((x - 23.5) ** 2 + (y - 23.5) ** 2) / 18)[None, None].expand(500, 1, 48, 48)
    o = Augmentation(roll_deg=20, scale=0.3, shift=0.12, aspect=0)
    mass, cx, cy = moments(a.geometric(dot, o, generator()))
    # A shift of the sampling grid moves the picture by shift / scale.
    limit = 0.12 * 48 * math.exp(0.3) + 0.5
    assert (cx - 23.5).abs().max() < limit and (cy - 23.5).abs().max() < limit
    assert (cx - 23.5).abs().max() > limit / 2
    side = (mass / mass.median()).sqrt()
    assert 0.70 < side.min() < 0.8 and 1.25 < side.max() < 1.43


def test_faces_roll_both_ways_and_half_are_mirrored() -> None:
    y, x = torch.meshgrid(torch.arange(48.0), torch.arange(48.0), indexing="ij")
    right = torch.exp(-((x - 35.5) ** 2 + (y - 23.5) ** 2) / 18)[None, None].expand(600, 1, 48, 48)
    o = Augmentation(roll_deg=20, scale=0, shift=0, aspect=0)
    _, cx, cy = moments(a.geometric(right, o, generator()))
    mirrored = cx < 23.5
    assert 0.44 < mirrored.float().mean() < 0.56
    angle = torch.rad2deg(torch.atan2(cy - 23.5, (cx - 23.5).abs()))
    assert angle.abs().max() < 20.5 and angle.max() > 15 and angle.min() < -15


def test_lighting_stays_within_its_ranges() -> None:
    gray = torch.full((500, 1, 48, 48), 0.5)
    exponent = a.gamma(gray, 1.0, generator())[:, 0, 0, 0].log() / math.log(0.5)
    assert 0.39 < exponent.min() < 0.45 and 2.2 < exponent.max() < 2.51
    gain = a.gradient(gray, 1.0, generator()) / 0.5
    assert 0.28 < gain.min() < 0.5 and 1.5 < gain.max() < 1.72  # 0.5 along an axis, more in a corner
    assert gain.mean((1, 2, 3)).sub(1).abs().max() < 0.01
    grain = (a.noise(gray, 1.0, generator()) - 0.5).std((1, 2, 3))
    assert grain.min() < 0.01 and 0.07 < grain.max() < 0.085


def test_stored_adds_grain_and_blocks_without_moving_the_face() -> None:
    x = pictures(200)
    changed = [a.stored(x, 1.0, generator(seed)) - x for seed in range(8)]
    assert max(c.mean((1, 2, 3)).abs().max().item() for c in changed) < 0.03, "brightness and position are unchanged"
    assert all(0.005 < c.std((1, 2, 3)).mean() < 0.1 for c in changed)
    # Block positions are random: on a ramp, flat blocks end in different columns from call to call.
    ramp = torch.linspace(0, 1, 48).expand(60, 1, 48, 48)
    edges = {int((a.stored(ramp, 1.0, generator(seed)) - ramp).abs().mean((0, 1, 2))[8:40].argmax()) for seed in range(12)}
    assert len(edges) > 4


def test_low_resolution_and_erasing_stay_within_their_sizes() -> None:
    stripes = ((torch.arange(48.0) % 2) * 1.0).expand(400, 1, 48, 48)
    assert a.low_resolution(stripes, 1.0, generator()).std((1, 2, 3)).max() < 0.35 < stripes.std((1, 2, 3)).min()
    covered = (a.erase(torch.full((400, 1, 48, 48), -1.0), 1.0, generator()) >= 0).float().mean((1, 2, 3))
    assert 0.01 < covered.min() < 0.05 and 0.15 < covered.max() < 0.21
    assert (a.jpeg(pictures(), 1.0, generator()) - pictures()).abs().mean() < 0.05


def test_median_luminance_centres_and_closing_fills_thin_lines() -> None:
    x = torch.full((1, 1, 48, 48), 0.25)
    x[0, 0, 10, 10:30] = 0.0  # a thin dark line
    x[0, 0, 30:40, 30:40] = 0.1  # a dark square
    lit = a.median_luminance(x, 1.0, generator())
    assert lit.flatten().median().item() == pytest.approx(0.5)
    closed = a.closing(x, 1.0, generator())
    assert closed[0, 0, 10, 15].item() == 0.25 and closed[0, 0, 35, 35].item() == pytest.approx(0.1)


def test_blur_keeps_the_mean_and_removes_detail() -> None:
    x = pictures(16)
    y = a.blur(x, 1.0, generator())
    assert torch.allclose(y.mean((1, 2, 3)), x.mean((1, 2, 3)), atol=5e-3)
    assert (y.diff(dim=3).abs().mean((1, 2, 3)) < x.diff(dim=3).abs().mean((1, 2, 3))).all()


def test_mixup_blends_faces_and_targets_with_the_same_weight() -> None:
    x = torch.eye(8).reshape(8, 1, 1, 8).expand(8, 1, 48, 8)
    targets = torch.eye(8)
    mixed, (blended,) = a.mixup(x, [targets], 0.4, generator(3))
    assert torch.allclose(mixed[:, 0, 0, :], blended)
    assert torch.allclose(blended.sum(1), torch.ones(8))
    again, _ = a.mixup(x, [targets], 0.4, generator(3))
    assert torch.equal(mixed, again)
