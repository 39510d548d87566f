"""A stored model of the product, scored in Python: its inputs from features, its trees by LightGBM."""

import json
from math import log
from pathlib import Path

import numpy as np

from features.pipeline import NAMES
from trees import PROBABILITY, FastRows


class Scorer:
    """Reads `trees.txt`, which `shortfall export` wrote, and what the model subtracts from log depths."""

    def __init__(self, model, trees, output=PROBABILITY):
        (stored,) = Path(model).glob("artefacts/*/model.json")
        artefact = json.loads(stored.read_text())
        columns = artefact["inputs"]["columns"]
        self.names = [column["name"] for column in columns]
        places = {name: place for place, name in enumerate(NAMES)}
        # A feature that is not computed here stays undefined.
        self.known = [index for index, name in enumerate(self.names) if name in places]
        self.places = [places[self.names[index]] for index in self.known]
        self.is_whole_row = self.names == list(NAMES)
        self.trees = FastRows(trees, 2, len(columns), output)
        are_log_depths = np.array([column["isLogDepth"] for column in columns])
        self.floors = np.where(are_log_depths, artefact["inputs"]["floor"], -np.inf)
        self.offsets = {
            entry["market"]: np.outer([log(entry["depth"][side]) for side in ("sell", "buy")], are_log_depths)
            for entry in artefact["thresholds"]["entries"]
        }

    def scores(self, market, rows):
        """What the trees say of selling and of buying."""
        values = self.trees.values
        if self.is_whole_row:
            values[0], values[1] = rows
        else:
            for side, row in enumerate(rows):
                values[side, self.known] = [row[place] for place in self.places]
        np.subtract(values, self.offsets[market], out=values)
        np.maximum(values, self.floors, out=values)
        return self.trees.score(0), self.trees.score(1)
