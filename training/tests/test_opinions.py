from pathlib import Path

import pytest
import torch

from training.data.dataset import load_faces
from training.data.portraits import load_portraits
from training.errors import TrainingError
from training.model.mixing import PRIORS, UNCALIBRATED
from training.opinions import LABEL_SHARE, PRESS_WEIGHT, lessons_with, opinion
from training.optim.lessons import load_lessons

from .conftest import write_portraits

CPU = torch.device("cpu")


def logits(n: int, seed: int) -> torch.Tensor:
    return torch.randn(n, 7, generator=torch.Generator().manual_seed(seed))


def test_an_opinion_is_each_heads_own_where_all_agree() -> None:
    ours = {"fer2013": logits(5, 1), "ferplus": logits(5, 2)}
    assert all(torch.equal(said, ours[head].softmax(1)) for head, said in opinion(ours, logits(5, 3), 0.0).items())
    alone = opinion(ours, logits(5, 3), 1e-6)
    for head, said in alone.items():
        expected = UNCALIBRATED.apply(ours) * torch.tensor(PRIORS[head])
        assert torch.allclose(said, expected / expected.sum(1, keepdim=True), atol=1e-4)
    peer = torch.zeros(5, 7)
    peer[:, 1] = 30
    heeded = opinion(ours, peer, 0.5)["ferplus"]
    assert (heeded[:, 1] > alone["ferplus"][:, 1]).all() and torch.allclose(heeded.sum(1), torch.ones(5), atol=1e-5)


def test_labels_votes_and_opinions_share_the_targets(data: Path, tmp_path: Path) -> None:
    write_portraits(tmp_path / "press")
    faces, press = load_faces(data, "train"), load_portraits(tmp_path / "press")
    n, m = len(faces), len(press.labels)
    surely = torch.zeros(n + m, 7)
    surely[:, 3] = 1
    lessons = lessons_with(faces, press, {"fer2013": surely, "ferplus": surely})
    hard, soft, weight = lessons.targets
    assert len(lessons.images) == len(hard) == len(soft) == len(weight) == n + m
    other = faces.fer2013 != 3
    assert torch.allclose(hard[:n][other].gather(1, faces.fer2013[other, None]), torch.tensor(LABEL_SHARE))
    assert torch.allclose(hard.sum(1)[n:], torch.tensor(PRESS_WEIGHT["fer2013"]))
    assert torch.allclose(soft.sum(1), torch.ones(n + m), atol=1e-5)
    assert torch.allclose(soft[:n][other, 3], torch.tensor(6 / 15)), "nine votes for the label, six for the opinion"
    assert (weight[:n] == 1).all() and torch.allclose(weight[n:], torch.tensor(PRESS_WEIGHT["ferplus"]))
    lessons.save(tmp_path / "opinions.npz")
    again = load_lessons(tmp_path / "opinions.npz", CPU)
    assert torch.equal(again.images, lessons.images)
    assert all(torch.equal(a, b) for a, b in zip(again.targets, lessons.targets, strict=True))


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="training.opinions"):
        load_lessons(tmp_path / "nothing.npz", CPU)
