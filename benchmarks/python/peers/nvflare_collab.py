"""Rounds of NVFlare's Collab API in its simulator: the server calls the sites, nobody polls."""

import numpy as np
from nvflare.collab import CollabRecipe, collab
from nvflare.recipe.sim_env import SimEnv

from peers.cell import (
    FOLDER,
    PARAMETERS,
    SITES,
    Rounds,
    Vector,
    add_delta,
    begin_contribution,
    end_contribution,
)

CALL_SECONDS = 600.0


class Server:
    """Sums what comes in, as it comes, and divides at the end."""

    @collab.main
    def run(self) -> None:
        rounds = Rounds()
        model = np.zeros(PARAMETERS, np.float32)
        while (round_ := rounds.begin()) is not None:
            merged = np.zeros_like(model)
            for _, contribution in collab.clients(
                blocking=False, timeout=CALL_SECONDS
            ).contribute(model, round_):
                merged += contribution
            merged /= SITES
            model = merged
        rounds.check(model)


class Site:
    """A site that does not train."""

    @collab.publish
    def contribute(self, model: Vector, round_: int) -> Vector:
        site = int(collab.site_name.removeprefix("site-")) - 1
        begin_contribution(site, round_)
        model = model if model.flags.writeable else model.copy()
        add_delta(model, site, round_)
        end_contribution(site, round_)
        return model


if __name__ == "__main__":
    recipe = CollabRecipe("rounds", server=Server(), client=Site(), min_clients=SITES)
    recipe.execute(
        SimEnv(num_clients=SITES, num_threads=SITES, workspace_root=str(FOLDER))
    )
