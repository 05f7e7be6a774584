"""Prints the versions of what is compared, as one line of JSON."""

import json
import platform
from importlib.metadata import version

PACKAGES = ["flwr", "nvflare", "numpy", "grpcio"]

if __name__ == "__main__":
    print(
        json.dumps(
            {
                "python": platform.python_version(),
                **{name: version(name) for name in PACKAGES},
            }
        )
    )
