"""Rounds of NVFlare's FedAvg in its simulator: a process a site, over TCP, no TLS.

All intervals that can be set are short; a site that finds no task looks again after half
a second, which the simulator does not let one change.
"""

from nvflare.job_config.api import FedJob

from peers.cell import FOLDER, SITES
from peers.nvflare_parts import POLL_SECONDS, AddDelta, TimedFedAvg

if __name__ == "__main__":
    job = FedJob("rounds", min_clients=SITES)
    job.to_server(TimedFedAvg())
    job.to_server({"server": {"task_request_interval": POLL_SECONDS}})
    job.to_clients(AddDelta())
    job.to_clients({"default_task_fetch_interval": POLL_SECONDS})
    job.simulator_run(
        str(FOLDER / "nvflare"), n_clients=SITES, threads=SITES, log_config="concise"
    )
