"""What a run learns from earlier models' opinions: FER2013's training faces and press photographs with targets of labels, votes and those.

    python -m training.opinions runs/mien-s-1.6.0 runs/mien-s-1.3.0 --out runs/opinions.npz

Each clean face and its mirror image are shown to earlier models; a run whose config names the file (`opinions`) sees worse pictures of the same
faces and so learns that they are worth the same answer. `--peer` lets face-api's network have a share in the opinion.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F

from .data.dataset import Faces, load_faces, near_duplicates
from .data.portraits import Portraits, load_portraits
from .errors import run_command
from .eval.metrics import predict
from .model.face_api import FaceApi
from .model.mixing import PRIORS, UNCALIBRATED
from .model.tfjs import load_tfjs_model
from .optim.lessons import Lessons
from .optim.precision import bfloat16_pays
from .optim.targets import KINDS, agreed_votes

Logits = dict[str, torch.Tensor]
LABEL_SHARE = 0.5  # of FER2013's label in the target of its head; the opinion has the rest
VOTES = 6.0  # that the opinion counts as, beside the people's ten
PRESS_WEIGHT = {"fer2013": 0.4, "ferplus": 0.6}  # beside 1 of a FER2013 face


def opinion(ours: Logits, peer: torch.Tensor, share: float) -> Logits:
    """Probabilities [n, 7] for each head. ours: mean logits of earlier models. peer: face-api's logits. share: 0-1, of the peer.

    With a peer all answers, the priors of the labels taken out, make one, which each head sees with its own prior put back.
    """
    if share == 0:
        return {head: value.softmax(1) for head, value in ours.items()}
    shown = UNCALIBRATED.apply(ours).clamp(min=1e-5).log()
    both = (1 - share) * shown + share * peer.softmax(1).clamp(min=1e-5).log()
    return {head: (both + torch.tensor(PRIORS[head]).log()).softmax(1) for head in ours}


def lessons_with(faces: Faces, press: Portraits, said: Logits) -> Lessons:
    """said: `opinion` of FER2013's faces, then of the press faces."""
    n = len(faces)
    hard, soft = said["fer2013"].clone(), said["ferplus"].clone()
    hard[:n] = LABEL_SHARE * F.one_hot(faces.fer2013, KINDS) + (1 - LABEL_SHARE) * hard[:n]
    hard[n:] *= PRESS_WEIGHT["fer2013"]
    counted = agreed_votes(faces)[:, None]
    soft[:n] = (faces.ferplus_targets()[0] * counted + VOTES * soft[:n]) / (counted + VOTES)
    weight = torch.ones(len(soft))
    weight[n:] = PRESS_WEIGHT["ferplus"]
    return Lessons(torch.cat([faces.images, press.crops()]), [hard, soft, weight])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+", help="exported models")
    parser.add_argument("--data", type=Path, default=Path("../shared/fer2013"))
    parser.add_argument("--press", type=Path, default=Path("../shared/press"))
    parser.add_argument("--peer", type=float, default=0.0, metavar="SHARE", help="of face-api's network in the opinion (0-1), after npm ci")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    train, press = load_faces(args.data, "train"), load_portraits(args.press)
    faces = train.subset(~near_duplicates(train, load_faces(args.data, "valid")))
    images, bfloat16 = torch.cat([faces.images, press.crops()]), bfloat16_pays(torch.device("cpu"))
    answers: list[Logits] = []
    for folder in args.models:
        network = load_tfjs_model(folder).to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        answers += [predict(network, seen, bfloat16=bfloat16) for seen in (images, images.flip(2))]
    ours = {head: torch.stack([a[head] for a in answers]).mean(0) for head in answers[0]}
    peer = FaceApi(bfloat16=bfloat16).logits(images) if args.peer else torch.zeros(len(images), KINDS)
    lessons = lessons_with(faces, press, opinion(ours, peer, args.peer))
    lessons.save(args.out)
    print(f"{args.out}: {len(faces)} faces of FER2013, {len(press.labels)} of the press")


if __name__ == "__main__":
    run_command(main)
