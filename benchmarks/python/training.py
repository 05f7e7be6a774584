"""One training of the comparison with Flower's strategies: what both sides are told, and what their sites compute."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from functools import cached_property

import numpy as np
from federated import DIGITS, Federation, Vector

VARIABLE = "BENCH_TRAINING"
"""Of the environment; every process of a training inherits it."""


@dataclass(frozen=True)
class Settings:
    """Hyperparameters, the same on both sides."""

    sites: int = 8
    is_skewed: bool = True
    rounds: int = 60
    batches: int = 4
    site_rate: float = 0.3
    lr: float = 0.1
    """Of adam, at the server; its other parameters are Flower's defaults and ours alike."""
    beta1: float = 0.9
    beta2: float = 0.99
    tau: float = 0.001
    clip: float = 1.0
    """Greatest Euclidean length of a site's delta, for dp."""
    noise: float = 0.3
    """Deviation of the noise in the sum of all deltas, in clips, for dp."""
    magnitude: float = 8.0
    """Greatest magnitude of a masked value: of a weight at Flower, of a delta's value here."""


@dataclass(frozen=True)
class Training:
    """A strategy by its name in this benchmark, the seed of split, weights and batches, and the settings."""

    strategy: str
    seed: int
    settings: Settings = field(default_factory=Settings)

    @staticmethod
    def of_environment() -> Training:
        """The one that the benchmark has begun."""
        told = json.loads(os.environ[VARIABLE])
        return Training(told["strategy"], told["seed"], Settings(**told["settings"]))

    def environment(self) -> dict[str, str]:
        """What a process of the training inherits."""
        return {VARIABLE: json.dumps(asdict(self))}

    @cached_property
    def federation(self) -> Federation:
        """Digits, dealt to the sites."""
        return Federation.deal(DIGITS, self.seed, self.settings.is_skewed, self.settings.sites)

    def first(self) -> Vector:
        """The model of round 0, the same at all sites."""
        return self.federation.first()

    def at_site(self, site: int, model: Vector, number: int) -> Vector:
        """What a site makes of the model in a round, from 1; it needs no memory of earlier rounds."""
        random = np.random.default_rng([self.seed, site, number])
        return self.federation.train(site, model, self.settings.batches, self.settings.site_rate, random)
