"""Rounds of Flower's gRPC server, each client a process of its own.

Deprecated by Flower, but still there and much faster than a deployment: one stream a
client, nothing polls, and no process is started for a message.

Without an argument this is the server; with one, the client of that number.
"""

import os
import socket
import sys

import numpy as np
from flwr.client import NumPyClient, start_client
from flwr.common import (
    FitIns,
    Parameters,
    ndarrays_to_parameters,
    parameters_to_ndarrays,
)
from flwr.server import ServerConfig, start_server
from flwr.server.client_manager import ClientManager
from flwr.server.client_proxy import ClientProxy
from flwr.server.strategy import FedAvg

from peers import processes
from peers.cell import (
    PARAMETERS,
    ROUNDS,
    SITES,
    Rounds,
    add_delta,
    begin_contribution,
    end_contribution,
)


class _Ended(Exception):
    """Flower's server has no other way to end before its last round."""


class _TimedFedAvg(FedAvg):
    """Flower's FedAvg that tells when a round begins."""

    def __init__(self) -> None:
        zero = ndarrays_to_parameters([np.zeros(PARAMETERS, np.float32)])
        super().__init__(
            fraction_evaluate=0.0,
            min_fit_clients=SITES,
            min_available_clients=SITES,
            initial_parameters=zero,
        )
        self._rounds = Rounds()

    def configure_fit(
        self, server_round: int, parameters: Parameters, client_manager: ClientManager
    ) -> list[tuple[ClientProxy, FitIns]]:
        client_manager.wait_for(SITES)
        round_ = self._rounds.begin()
        if round_ is None:
            self._rounds.check(parameters_to_ndarrays(parameters)[0])
            raise _Ended
        self.on_fit_config_fn = lambda _: {"round": round_}
        return super().configure_fit(server_round, parameters, client_manager)


class _Site(NumPyClient):
    def __init__(self, site: int) -> None:
        self._site = site

    def fit(self, parameters, config):  # type: ignore[no-untyped-def]
        round_ = int(config["round"])
        begin_contribution(self._site, round_)
        model = parameters[0]
        add_delta(model, self._site, round_)
        end_contribution(self._site, round_)
        return [model], 1, {}


def _serve() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    for site in range(SITES):
        processes.start(
            f"site-{site}",
            [sys.executable, "-m", "peers.flwr_grpc", str(site), address],
        )
    try:
        # One more, in which the strategy ends it.
        start_server(
            server_address=address,
            config=ServerConfig(ROUNDS + 1),
            strategy=_TimedFedAvg(),
        )
    except _Ended:
        processes.stop()
        os._exit(0)  # threads of the server would keep it


if __name__ == "__main__":
    if len(sys.argv) == 1:
        _serve()
    else:
        start_client(
            server_address=sys.argv[2],
            client=_Site(int(sys.argv[1])).to_client(),
            insecure=True,
        )
