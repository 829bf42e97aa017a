"""Augmentation of face crops, vectorised over the batch, on whatever device trains.

Its ranges follow the variation of a detector's crop (shift, scale, roll, small faces) and of camera
lighting; see `shared/anchors.md` of the project for the list they were taken from.
Every function takes and returns float [n, 1, 48, 48] in 0-1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F


@dataclass(frozen=True)
class Augmentation:
    """Strengths of the augmentation. Angles in degrees; shifts as a share of the crop's side; p = probability."""

    roll_deg: float = 20.0
    scale: float = 0.30
    shift: float = 0.12
    aspect: float = 0.08
    mirror_p: float = 0.5
    low_resolution_p: float = 0.2
    gamma_p: float = 0.4
    gradient_p: float = 0.25
    noise_p: float = 0.2
    jpeg_p: float = 0.15
    erase_p: float = 0.35
    mixup_p: float = 0.5
    mixup_alpha: float = 0.4
    # Off by default: defocus, and two steps that systems before Mien used.
    blur_p: float = 0.0
    median_luminance_p: float = 0.0
    closing_p: float = 0.0
    # Off by default: a small face as stored in a camera's or a messenger's JPEG.
    stored_p: float = 0.0


def augment(faces: torch.Tensor, options: Augmentation, generator: torch.Generator) -> torch.Tensor:
    """Applies all steps in the order in which they affect a real picture."""
    faces = geometric(faces, options, generator)
    faces = gradient(faces, options.gradient_p, generator)
    faces = gamma(faces, options.gamma_p, generator)
    # Disabled steps draw no random numbers, so that adding one leaves earlier runs reproducible.
    if options.blur_p:
        faces = blur(faces, options.blur_p, generator)
    if options.median_luminance_p:
        faces = median_luminance(faces, options.median_luminance_p, generator)
    if options.closing_p:
        faces = closing(faces, options.closing_p, generator)
    faces = low_resolution(faces, options.low_resolution_p, generator)
    faces = noise(faces, options.noise_p, generator)
    faces = jpeg(faces, options.jpeg_p, generator)
    if options.stored_p:
        faces = stored(faces, options.stored_p, generator)
    return erase(faces, options.erase_p, generator)


def _uniform(n: int, low: float, high: float, g: torch.Generator) -> torch.Tensor:
    return torch.rand(n, generator=g, device=g.device) * (high - low) + low


def _bell(n: int, limit: float, g: torch.Generator) -> torch.Tensor:
    """Normal with a deviation of half the limit, clamped to the limit: most crops are nearly correct."""
    return (torch.randn(n, generator=g, device=g.device) * limit / 2).clamp(-limit, limit)


def _chosen(n: int, p: float, g: torch.Generator) -> torch.Tensor:
    return torch.rand(n, generator=g, device=g.device) < p


def geometric(faces: torch.Tensor, o: Augmentation, g: torch.Generator) -> torch.Tensor:
    """Mirror, roll, scale, aspect and shift in one bilinear resampling; edges are replicated."""
    n = len(faces)
    roll = _bell(n, math.radians(o.roll_deg), g)
    scale = torch.exp(_bell(n, o.scale, g))
    aspect = torch.exp(_bell(n, o.aspect, g))
    mirror = torch.where(_chosen(n, o.mirror_p, g), -1.0, 1.0)
    cos, sin = torch.cos(roll), torch.sin(roll)
    matrix = torch.stack([
        torch.stack([cos * scale * aspect * mirror, -sin * scale, 2 * _bell(n, o.shift, g)], 1),
        torch.stack([sin * scale * mirror, cos * scale / aspect, 2 * _bell(n, o.shift, g)], 1),
    ], 1)
    grid = F.affine_grid(matrix, list(faces.shape), align_corners=False)
    return F.grid_sample(faces, grid, padding_mode="border", align_corners=False)


def gradient(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """Light from one side: a linear gain ramp between 0.5 and 1.5 across the crop."""
    n = len(faces)
    angle = _uniform(n, 0, 2 * math.pi, g)
    return lit_from_one_side(faces, angle, _uniform(n, 0, 0.5, g) * _chosen(n, p, g))


def lit_from_one_side(faces: torch.Tensor, angle: torch.Tensor, strength: torch.Tensor) -> torch.Tensor:
    """Gain of 1 + strength at the side that the angle points to (radians, 0 right, pi/2 down), 1 - strength opposite."""
    _, _, h, w = faces.shape
    y = torch.linspace(-1, 1, h, device=faces.device)[None, :, None]
    x = torch.linspace(-1, 1, w, device=faces.device)[None, None, :]
    ramp = torch.cos(angle)[:, None, None] * x + torch.sin(angle)[:, None, None] * y
    return (faces * (1 + strength[:, None, None] * ramp)[:, None]).clamp(0, 1)


def gamma(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """Exposure: gamma between 0.4 and 2.5, log-uniform."""
    n = len(faces)
    exponent = torch.exp(_uniform(n, math.log(0.4), math.log(2.5), g) * _chosen(n, p, g))
    return faces.clamp(min=1e-4) ** exponent[:, None, None, None]


def blur(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """Gaussian blur, deviation 0.4-1.6 px."""
    chosen = _chosen(len(faces), p, g).nonzero()[:, 0]
    deviation = _uniform(len(faces), 0.4, 1.6, g)[chosen]
    if len(chosen) == 0:
        return faces
    out = faces.clone()
    out[chosen] = gaussian_blur(faces[chosen], deviation)
    return out


def gaussian_blur(faces: torch.Tensor, deviation: torch.Tensor) -> torch.Tensor:
    """Gaussian blur with a deviation in pixels per face [n], truncated at nine pixels; edges are replicated."""
    offset = torch.arange(-9.0, 10.0, device=faces.device)
    kernel = torch.exp(-0.5 * (offset / deviation[:, None]) ** 2)
    kernel = kernel / kernel.sum(1, keepdim=True)
    x = F.pad(faces.transpose(0, 1), (9, 9, 9, 9), mode="replicate")  # one channel per face
    x = F.conv2d(x, kernel[:, None, :, None], groups=len(faces))
    return F.conv2d(x, kernel[:, None, None, :], groups=len(faces)).transpose(0, 1)


def median_luminance(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """Normalises brightness by a gain that brings the median to one half, clipped at white.

    Per-face standardisation cancels the gain but not the clipping.
    """
    median = faces.flatten(1).median(1).values.clamp(min=0.05)
    gain = torch.where(_chosen(len(faces), p, g), 0.5 / median, torch.ones_like(median))
    return (faces * gain[:, None, None, None]).clamp(0, 1)


def closing(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """Morphological closing, 3 x 3: fills dark specks and thin dark lines."""
    widened = F.max_pool2d(F.pad(faces, (1, 1, 1, 1), mode="replicate"), 3, 1)
    closed = -F.max_pool2d(F.pad(-widened, (1, 1, 1, 1), mode="replicate"), 3, 1)
    return torch.where(_chosen(len(faces), p, g)[:, None, None, None], closed, faces)


def low_resolution(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """A face that was 14-40 px wide: area-averaged, then enlarged. One size per call."""
    n, _, h, _ = faces.shape
    chosen = _chosen(n, p, g).nonzero()[:, 0]
    size = int(_uniform(1, 14, 41, g).item())
    if len(chosen) == 0:
        return faces
    small = F.interpolate(faces[chosen], size=(size, size), mode="area")
    out = faces.clone()
    out[chosen] = F.interpolate(small, size=(h, h), mode="bilinear", align_corners=False)
    return out


def noise(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """Sensor noise, deviation up to 0.08 of full scale."""
    n = len(faces)
    deviation = _uniform(n, 0, 0.08, g) * _chosen(n, p, g)
    grain = torch.randn(faces.shape, generator=g, device=g.device)
    return (faces + deviation[:, None, None, None] * grain).clamp(0, 1)


def _dct_matrix(device: torch.device) -> torch.Tensor:
    k, i = torch.meshgrid(torch.arange(8.0), torch.arange(8.0), indexing="ij")
    matrix = torch.cos(math.pi * (2 * i + 1) * k / 16) * math.sqrt(2 / 8)
    matrix[0] /= math.sqrt(2)
    return matrix.to(device)


def jpeg(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """JPEG-like blocks: 8 x 8 cosine transform, coarser steps for higher frequencies."""
    n, _, h, w = faces.shape
    chosen = _chosen(n, p, g).nonzero()[:, 0]
    quality = _uniform(n, 0.02, 0.12, g)
    if len(chosen) == 0:
        return faces
    out = faces.clone()
    out[chosen] = _in_blocks(faces[chosen], quality[chosen])
    return out


def _in_blocks(faces: torch.Tensor, coarseness: torch.Tensor) -> torch.Tensor:
    """Rounds the cosine coefficients of 8 x 8 blocks to multiples of a step [n] that grows with frequency; sides must be multiples of 8."""
    _, _, h, w = faces.shape
    d = _dct_matrix(faces.device)
    blocks = faces.reshape(-1, h // 8, 8, w // 8, 8).transpose(2, 3)
    frequency = torch.arange(8.0, device=faces.device)
    step = coarseness[:, None, None, None, None] * (1 + (frequency[:, None] + frequency[None, :]) / 2)
    coefficients = torch.round(d @ blocks @ d.T / step) * step
    return (d.T @ coefficients @ d).transpose(2, 3).reshape(-1, 1, h, w).clamp(0, 1)


def stored(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """A face 20 to 48 px wide, stored with grain as JPEG on a block grid independent of the face, then enlarged.

    `jpeg` and `noise` act on the crop itself, but real pictures have blocks and grain before cropping. One size and position per call.
    """
    n, _, h, w = faces.shape
    chosen = _chosen(n, p, g).nonzero()[:, 0]
    size = int(_uniform(1, 20, h + 1, g).item())
    left, top = (int(v) for v in torch.randint(8, (2,), generator=g, device=g.device))
    grain = _uniform(n, 0, 0.06, g) * _chosen(n, 0.6, g)
    coarseness = (_uniform(n, 0.01, 0.1, g) * _chosen(n, 0.75, g)).clamp(min=0.002)
    if len(chosen) == 0:
        return faces
    small = F.interpolate(faces[chosen], size=(size, size), mode="area")
    noisy = small + grain[chosen, None, None, None] * torch.randn(small.shape, generator=g, device=g.device)
    side = -(-(size + 7) // 8) * 8
    picture = F.pad(noisy.clamp(0, 1), (left, side - size - left, top, side - size - top), mode="replicate")
    seen = _in_blocks(picture, coarseness[chosen])[:, :, top:top + size, left:left + size]
    out = faces.clone()
    out[chosen] = F.interpolate(seen, size=(h, w), mode="bilinear", align_corners=False)
    return out


def erase(faces: torch.Tensor, p: float, g: torch.Generator) -> torch.Tensor:
    """Hand, mask or hair: one flat gray rectangle per chosen face (Zhong et al., AAAI 2020)."""
    n, _, h, w = faces.shape
    chosen = _chosen(n, p, g)
    eh, ew = _uniform(n, 0.15, 0.45, g) * h, _uniform(n, 0.15, 0.45, g) * w
    top, left = _uniform(n, 0, 1, g) * (h - eh), _uniform(n, 0, 1, g) * (w - ew)
    y = torch.arange(h, device=faces.device)[None, :, None]
    x = torch.arange(w, device=faces.device)[None, None, :]
    inside = (y >= top[:, None, None]) & (y < (top + eh)[:, None, None])
    inside = inside & (x >= left[:, None, None]) & (x < (left + ew)[:, None, None])
    inside = inside & chosen[:, None, None]
    gray = _uniform(n, 0, 1, g)[:, None, None, None]
    return torch.where(inside[:, None], gray, faces)


def mixup(
    faces: torch.Tensor, targets: list[torch.Tensor], alpha: float, g: torch.Generator
) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Blends each face and its targets with another's (Zhang et al., ICLR 2018), with one weight per batch."""
    # Beta(alpha, alpha) from two gamma draws with the generator, so that a resumed run repeats it.
    gamma_draw = torch._standard_gamma  # pyright: ignore[reportPrivateImportUsage]
    a, b = (gamma_draw(torch.tensor(alpha), generator=_cpu(g)) for _ in range(2))
    weight = float(a / (a + b)) if float(a + b) > 0 else 1.0
    order = torch.randperm(len(faces), generator=g, device=g.device)
    blend = lambda t: weight * t + (1 - weight) * t[order]
    return blend(faces), [blend(t) for t in targets]


def _cpu(g: torch.Generator) -> torch.Generator:
    if g.device.type == "cpu":
        return g
    seed = int(torch.randint(2**31, (1,), generator=g, device=g.device).item())
    return torch.Generator().manual_seed(seed)
