"""NVFlare's FedAvg, that tells when rounds begin, and an executor that adds a site's delta."""

import numpy as np
from nvflare.apis.dxo import DXO, DataKind, MetaKey, from_shareable
from nvflare.apis.executor import Executor
from nvflare.apis.fl_context import FLContext
from nvflare.apis.shareable import Shareable
from nvflare.apis.signal import Signal
from nvflare.app_common.abstract.fl_model import FLModel
from nvflare.app_common.app_constant import AppConstants
from nvflare.app_common.workflows.fedavg import FedAvg

from peers.cell import (
    PARAMETERS,
    ROUNDS,
    SITES,
    Rounds,
    add_delta,
    begin_contribution,
    end_contribution,
)

POLL_SECONDS = 0.01


class TimedFedAvg(FedAvg):  # type: ignore[misc]
    """In-time aggregation; nothing is saved."""

    def __init__(self) -> None:
        super().__init__(
            num_clients=SITES,
            num_rounds=ROUNDS + 1,  # the one more is ended at once
            persistor_id="",
            task_check_period=POLL_SECONDS,
        )
        self._rounds = Rounds()

    def load_model(self) -> FLModel:
        return FLModel(params={"model": np.zeros(PARAMETERS, np.float32)})

    def send_model(self, *arguments: object, **named: object) -> None:
        model = named["data"]
        assert isinstance(model, FLModel) and model.params is not None
        if self._rounds.begin() is None:
            self._rounds.check(model.params["model"])
            # NVFlare has no other way to end before the last.
            raise RuntimeError("no more rounds")
        super().send_model(*arguments, **named)

    def save_model(self, model: FLModel) -> None:
        """Nothing: the other systems write no file either."""


class AddDelta(Executor):  # type: ignore[misc]
    """A site that does not train."""

    def execute(
        self,
        task_name: str,
        shareable: Shareable,
        fl_ctx: FLContext,
        abort_signal: Signal,
    ) -> Shareable:
        site = int(fl_ctx.get_identity_name().removeprefix("site-")) - 1
        round_ = int(shareable.get_header(AppConstants.CURRENT_ROUND))
        begin_contribution(site, round_)
        model = from_shareable(shareable).data["model"]
        model = model if model.flags.writeable else model.copy()
        add_delta(model, site, round_)
        reply = DXO(
            DataKind.WEIGHTS,
            data={"model": model},
            meta={MetaKey.NUM_STEPS_CURRENT_ROUND: 1},
        ).to_shareable()
        reply.set_header(AppConstants.CURRENT_ROUND, round_)
        end_contribution(site, round_)
        return reply
