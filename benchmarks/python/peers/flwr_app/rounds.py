"""Rounds of Flower's message API: its FedAvg on the server, a delta added by each client."""

import numpy as np
from flwr.app import (
    Array,
    ArrayRecord,
    ConfigRecord,
    Context,
    Message,
    MetricRecord,
    RecordDict,
)
from flwr.clientapp import ClientApp
from flwr.serverapp import Grid, ServerApp
from flwr.serverapp.strategy import FedAvg
from peers.cell import (
    PARAMETERS,
    SITES,
    Rounds,
    add_delta,
    begin_contribution,
    end_contribution,
)
from peers.flwr_polling import await_sites, exchange

server = ServerApp()
client = ClientApp()


@server.main()
def main(grid: Grid, context: Context) -> None:
    """Runs rounds until there shall be no more."""
    strategy = FedAvg(
        fraction_evaluate=0.0, min_train_nodes=SITES, min_available_nodes=SITES
    )
    await_sites(grid, SITES)
    arrays = ArrayRecord({"model": Array(np.zeros(PARAMETERS, np.float32))})
    rounds = Rounds()
    while (round_ := rounds.begin()) is not None:
        messages = strategy.configure_train(round_, arrays, ConfigRecord(), grid)
        merged, _ = strategy.aggregate_train(round_, exchange(grid, messages))
        if merged is None:
            raise RuntimeError(f"round {round_}: no site contributed")
        arrays = merged
    rounds.check(arrays["model"].numpy())


@client.train()
def train(message: Message, context: Context) -> Message:
    """Adds the site's delta."""
    site = int(context.node_config["site"])
    round_ = int(message.content["config"]["server-round"])
    begin_contribution(site, round_)
    model = message.content["arrays"]["model"].numpy()
    model = model if model.flags.writeable else model.copy()
    add_delta(model, site, round_)
    content = RecordDict(
        {
            "arrays": ArrayRecord({"model": Array(model)}),
            "metrics": MetricRecord({"num-examples": 1}),
        }
    )
    reply = Message(content=content, reply_to=message)
    end_contribution(site, round_)
    return reply
