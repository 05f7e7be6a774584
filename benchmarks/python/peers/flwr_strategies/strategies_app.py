"""Flower's strategies on digits: FedAvg, FedAdam, central DP with clipping at the sites, SecAgg+.

The first three are of Flower's message API. SecAgg+ exists as a workflow of the older API only.
"""

import numpy as np
from flwr.app import (
    Array,
    ArrayRecord,
    Context,
    Message,
    MetricRecord,
    RecordDict,
)
from flwr.client import NumPyClient
from flwr.client.mod import secaggplus_mod
from flwr.clientapp import ClientApp
from flwr.clientapp.mod import fixedclipping_mod
from flwr.common import ndarrays_to_parameters
from flwr.server import LegacyContext, ServerConfig
from flwr.server.strategy import FedAvg as FedAvgOfWorkflows
from flwr.server.workflow import DefaultWorkflow, SecAggPlusWorkflow
from flwr.serverapp import Grid, ServerApp
from flwr.serverapp.strategy import (
    DifferentialPrivacyClientSideFixedClipping,
    FedAdam,
    FedAvg,
    Strategy,
)
from peers.cell import tell
from peers.flwr_polling import await_sites, exchange
from training import Training

TRAINING = Training.of_environment()
SETTINGS = TRAINING.settings
EVERYBODY = {"fraction_evaluate": 0.0, "min_available_nodes": SETTINGS.sites}


class QuickGrid:
    """A grid whose strategies and workflows do not wait three seconds for replies."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    def __getattr__(self, name: str) -> object:
        return getattr(self._grid, name)

    def send_and_receive(self, messages, *, timeout=None):  # type: ignore[no-untyped-def]
        """Without a timeout: the benchmark has a deadline for the whole training."""
        return exchange(self._grid, messages)


def strategy() -> Strategy:
    """Of the message API."""
    if TRAINING.strategy == "adam":
        return FedAdam(
            **EVERYBODY,
            min_train_nodes=SETTINGS.sites,
            eta=SETTINGS.lr,
            beta_1=SETTINGS.beta1,
            beta_2=SETTINGS.beta2,
            tau=SETTINGS.tau,
        )
    mean = FedAvg(**EVERYBODY, min_train_nodes=SETTINGS.sites)
    if TRAINING.strategy == "dp":
        return DifferentialPrivacyClientSideFixedClipping(
            mean, SETTINGS.noise, SETTINGS.clip, SETTINGS.sites
        )
    return mean


def workflow() -> DefaultWorkflow:
    """All sites share keys with all others; two thirds are enough to unmask, as with our masked sums."""
    return DefaultWorkflow(
        fit_workflow=SecAggPlusWorkflow(
            num_shares=1.0,
            reconstruction_threshold=2 / 3,
            max_weight=1.0,  # all sites count the same
            clipping_range=SETTINGS.magnitude,
        )
    )


def _tell(round_: int, model: np.ndarray) -> None:
    tell("round", round=round_, accuracy=TRAINING.federation.accuracy(model))


server = ServerApp()


@server.main()
def main(grid: Grid, context: Context) -> None:
    """Trains, and tells of each round."""
    await_sites(grid, SETTINGS.sites)
    if TRAINING.strategy == "masked":
        legacy = LegacyContext(
            context=context,
            config=ServerConfig(num_rounds=SETTINGS.rounds),
            strategy=FedAvgOfWorkflows(
                fraction_evaluate=0.0,
                min_fit_clients=SETTINGS.sites,
                min_available_clients=SETTINGS.sites,
                initial_parameters=ndarrays_to_parameters([TRAINING.first()]),
                on_fit_config_fn=lambda round_: {"server-round": round_},
                evaluate_fn=lambda round_, arrays, _: _tell(round_, arrays[0]),
            ),
        )
        workflow()(QuickGrid(grid), legacy)  # type: ignore[arg-type]
    else:
        strategy().start(
            QuickGrid(grid),  # type: ignore[arg-type]
            ArrayRecord({"model": Array(TRAINING.first())}),
            num_rounds=SETTINGS.rounds,
            evaluate_fn=lambda round_, arrays: _tell(round_, arrays["model"].numpy()),
        )
    tell("checked")


def _site(context: Context) -> int:
    # A deployment's node is told its site; a simulation numbers its nodes.
    config = context.node_config
    return int(config["site"] if "site" in config else config["partition-id"])


def train(message: Message, context: Context) -> Message:
    """A site's part in a round."""
    round_ = int(message.content["config"]["server-round"])
    model = TRAINING.at_site(
        _site(context), message.content["arrays"]["model"].numpy(), round_
    )
    content = RecordDict(
        {
            "arrays": ArrayRecord({"model": Array(model)}),
            "metrics": MetricRecord({"num-examples": 1}),
        }
    )
    return Message(content=content, reply_to=message)


class _Client(NumPyClient):
    def __init__(self, site: int) -> None:
        self._site = site

    def fit(self, parameters, config):  # type: ignore[no-untyped-def]
        round_ = int(config["server-round"])
        return [TRAINING.at_site(self._site, parameters[0], round_)], 1, {}


if TRAINING.strategy == "masked":
    client = ClientApp(
        client_fn=lambda context: _Client(_site(context)).to_client(),
        mods=[secaggplus_mod],
    )
else:
    client = ClientApp(mods=[fixedclipping_mod] if TRAINING.strategy == "dp" else [])
    client.train()(train)
