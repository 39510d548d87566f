"""LightGBM's call for single rows."""

import ctypes
from pathlib import Path

import lightgbm
import numpy as np

PROBABILITY, LOG_ODDS = 0, 1


class FastRows:
    """Trees that score the rows of a small matrix one by one, everything but the rows' values made ready once."""

    def __init__(self, model, rows, columns, output=PROBABILITY):
        library = ctypes.CDLL(str(Path(lightgbm.__file__).parent / "lib" / "lib_lightgbm.so"))
        booster, prepared, count = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_int()
        library.LGBM_BoosterCreateFromModelfile(str(model).encode(), ctypes.byref(count), ctypes.byref(booster))
        library.LGBM_BoosterPredictForMatSingleRowFastInit(
            booster, output, 0, -1, 1, columns, b"num_threads=1", ctypes.byref(prepared)
        )
        self.values = np.full((rows, columns), np.nan)
        self.predict = library.LGBM_BoosterPredictForMatSingleRowFast
        self.result = ctypes.c_double()
        self.arguments = [
            (prepared, ctypes.c_void_p(row.ctypes.data), ctypes.byref(ctypes.c_int64()), ctypes.byref(self.result))
            for row in self.values
        ]

    def score(self, row):
        """What the trees make of the values in a row."""
        self.predict(*self.arguments[row])
        return self.result.value
