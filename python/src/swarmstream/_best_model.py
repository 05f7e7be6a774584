"""The best merged model of a training, by a site's own evaluation, in a file."""

from __future__ import annotations

import logging
import math
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from . import _safetensors
from ._errors import BadBodyError, BadOptionError, TemporaryFileError
from ._weights import Layout, Weights

log = logging.getLogger("swarmstream")

BEST_BY = ("loss", "metric")
FORMAT = "swarmstream best model"


@dataclass(frozen=True)
class BestModel:
    """The merged model that was best on this site's own data.

    Attributes:
        file: the file that has it, in safetensors: what is shared, and what the site has trained locally.
        round: the number of the round that merged it.
        loss: its loss.
        metric: its metric.
        model_hash: the Merkle root of the merged model in hexadecimal.
    """

    file: Path
    round: int
    loss: float
    metric: float
    model_hash: str


class BestFile:
    """Keeps the best model in a file, which always holds a whole one: it is replaced at once.

    A program that is started again in the same training continues with the file. One of an earlier training is replaced.

    Raises:
        BadOptionError: the file's folder does not exist, or the file is not one of a best model.
    """

    def __init__(self, file: Path, by: str) -> None:
        if not file.parent.is_dir():
            raise BadOptionError(f"keep_best is '{file}', whose folder does not exist; make the folder")
        self.file = file
        self.best: BestModel | None = None
        self._by = by
        self._found = _noted(file)

    def consider(self, model: BestModel, weights: Callable[[], Weights], contract: str) -> None:
        """Keeps the model if it is better than the best so far."""
        if self._found is not None:
            self._take_up(model, contract)
        if math.isnan(self._score(model)):
            return
        # A file may have come from a program that noted NaN, which compares with nothing.
        if self.best is not None and self._score(model) >= self._score(self.best):
            return
        self._write(model, weights(), contract)
        self.best = model

    def _take_up(self, now: BestModel, contract: str) -> None:
        """Continues with the file of an earlier program if it can come from this training."""
        noted, self._found = self._found or {}, None
        earlier = BestModel(
            self.file, int(noted["round"]), float(noted["loss"]), float(noted["metric"]), noted["modelHash"]
        )
        is_same = earlier.round < now.round or earlier.model_hash == now.model_hash
        if noted["contract"] == contract and is_same:
            self.best = earlier
            log.info("the best model so far is that of round %d in %s", earlier.round, self.file)
        else:
            log.warning("%s has the best model of an earlier training, which is replaced", self.file)

    def _score(self, model: BestModel) -> float:
        """The lower, the better."""
        return model.loss if self._by == "loss" else -model.metric

    def _write(self, model: BestModel, weights: Weights, contract: str) -> None:
        note = {
            "format": FORMAT,
            "contract": contract,
            "round": str(model.round),
            "loss": repr(model.loss),
            "metric": repr(model.metric),
            "modelHash": model.model_hash,
        }
        draft: Path | None = None
        try:
            # In the same folder, so that it can replace the file at once; readable by its user only.
            descriptor, path = tempfile.mkstemp(prefix=f"{self.file.name}.", suffix=".new", dir=self.file.parent)
            draft = Path(path)
            with os.fdopen(descriptor, "wb") as file:
                for piece in Layout.of(weights).body(weights, note):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.file)
        except BaseException as error:
            if draft is not None:
                with suppress(OSError):
                    draft.unlink()
            if not isinstance(error, OSError):
                raise
            raise TemporaryFileError(
                f"the best model cannot be written to '{self.file}' ({error.strerror or error}); free space there, or name"
                " another file in keep_best"
            ) from error


def _noted(path: Path) -> dict[str, str] | None:
    """What the file says of its model; None if there is no file."""
    try:
        with path.open("rb") as file:
            noted = _safetensors.read_metadata(file)
    except FileNotFoundError:
        return None
    except (BadBodyError, OSError):
        noted = {}
    if noted.get("format") != FORMAT:
        raise BadOptionError(f"keep_best is '{path}', which has something else than a best model; name another file")
    return noted
