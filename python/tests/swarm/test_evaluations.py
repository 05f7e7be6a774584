"""A round's record has the merged model's scores on the sites' own data, in every framework.

On a real swarm: the numbers go from the trainer to its node, with a contribution to the job, and come back in the record.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import swarmstream
from programs_at_sites import require
from real_swarm import RealSwarm
from swarmstream._node import SiteNode

pytestmark = pytest.mark.swarm

LOSS, METRIC = 0.25, 0.75
BATCHES = 4
X, Y = np.ones((8 * BATCHES, 3), "f4"), np.arange(8 * BATCHES) % 2


def numpy(contract: str, evaluate: Callable[[], tuple[float, float]], **options: Any) -> None:
    with swarmstream.join(contract, {"w": X}, **options) as session:
        for _ in range(3):
            session.report_evaluation(session.sync({"w": X}, loss=9.0, metric=0.0), *evaluate())


def sklearn(contract: str, evaluate: Callable[[], tuple[float, float]], **options: Any) -> None:
    from sklearn.linear_model import SGDClassifier

    from swarmstream.sklearn import SwarmEstimator

    with SwarmEstimator(SGDClassifier(), contract, evaluate=evaluate, **options) as estimator:
        for _ in range(BATCHES + 1):
            estimator.partial_fit(X, Y, classes=range(2))


def pytorch(contract: str, evaluate: Callable[[], tuple[float, float]], **options: Any) -> None:
    import torch

    from swarmstream.pytorch import SwarmCallback

    with SwarmCallback(torch.nn.Linear(3, 2), contract, evaluate=evaluate, **options) as swarm:
        for _ in range(BATCHES):
            swarm.on_batch_end(loss=9.0)


def lightning(contract: str, evaluate: Callable[[], tuple[float, float]], **options: Any) -> None:
    from swarmstream.lightning import SwarmCallback
    from test_lightning import Net, fit

    fit(Net(), SwarmCallback(contract, evaluate=evaluate, **options), Path("unused"))


def keras(contract: str, evaluate: Callable[[], tuple[float, float]], **options: Any) -> None:
    import keras

    from swarmstream.keras import SwarmCallback

    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(X, Y, batch_size=8, verbose=0, callbacks=[SwarmCallback(contract, evaluate=evaluate, **options)])


def transformers(contract: str, evaluate: Callable[[], tuple[float, float]], **options: Any) -> None:
    from swarmstream.transformers import SwarmCallback
    from test_transformers import tiny, train

    train(tiny(), SwarmCallback(contract, evaluate=evaluate, **options), Path("unused"), steps=BATCHES)


@pytest.mark.parametrize(
    ("train", "modules"),
    [
        (numpy, []),
        (sklearn, ["sklearn"]),
        (pytorch, ["torch"]),
        (lightning, ["torch", "lightning"]),
        (keras, ["keras"]),
        (transformers, ["torch", "transformers", "peft", "accelerate"]),
    ],
)
def test_the_record_tells_the_merged_models_loss(
    real_swarm: RealSwarm,
    train: Callable[..., None],
    modules: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    require(*modules)
    monkeypatch.chdir(tmp_path)
    name = f"evaluates-{train.__name__}"
    contract, url = real_swarm.contract(name), real_swarm.sites(1)[0]
    recorded: list[float | None] = []

    def evaluate() -> tuple[float, float]:
        recorded.append(SiteNode(url).sync_state(name, len(recorded), 1).get("meanLoss"))
        return LOSS, METRIC

    train(contract, evaluate, url=url, session=name, min_peers=1, sync_interval=2)
    # The initial weights come before any evaluation; in numpy they may have a loss of training.
    assert recorded[0] == (9.0 if train is numpy else None)
    assert len(recorded) >= 3
    assert set(recorded[1:]) == {LOSS}
