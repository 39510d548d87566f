"""Writes what LightGBM says about the models of the interchange tests.

Made with LightGBM 4.7.0 and numpy 2.4.6:

    SHORTFALL_REGENERATE_GOLDEN=1 swift test --filter BoostingTests   # writes exported.json and exported.txt
    python make_reference.py                                          # writes the other files beside it

No test needs Python: the rows are a formula of whole numbers that the tests compute too, and the expected values are
stored as little-endian float64.

- trained.txt: a model that LightGBM trained on 20,000 rows of the formula
- trained-scores.f64: its raw scores for 10,000 rows
- trained-contributions.f64: its pred_contrib for the first 100 rows, eight columns and the expected value each
- exported-scores.f64: LightGBM's raw scores of exported.txt, which our exporter wrote, for the 10,000 rows
"""

import pathlib

import lightgbm
import numpy

COLUMNS = 8
HERE = pathlib.Path(__file__).parent


def rows(count: int, seed: int) -> numpy.ndarray:
    """Multiples of 2^-20 within [-2, 2) and, one in ten, NaN; now and then an infinity or zero."""
    state = seed
    values = numpy.empty((count, COLUMNS))
    for row in range(count):
        for column in range(COLUMNS):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            kind = state >> 55
            if kind < 51:
                value = numpy.nan
            elif kind == 509:
                value = 0.0
            elif kind == 510:
                value = -numpy.inf
            elif kind == 511:
                value = numpy.inf
            else:
                value = (((state >> 33) % 2**22) - 2**21) / 2**20
            values[row, column] = value
    return values


def save(name: str, values: numpy.ndarray) -> None:
    (HERE / name).write_bytes(numpy.ascontiguousarray(values, dtype="<f8").tobytes())


def main() -> None:
    training = rows(20_000, seed=1)
    known = numpy.nan_to_num(training, nan=0.3, posinf=3, neginf=-3)
    log_odds = 1.5 * known[:, 0] - known[:, 1] * known[:, 2] + numpy.isnan(training[:, 3]) - abs(known[:, 4]) - 1
    draws = numpy.random.default_rng(2).random(len(training))
    settings = {"objective": "binary", "num_leaves": 15, "learning_rate": 0.2, "min_data_in_leaf": 5, "verbose": -1,
                "deterministic": True, "num_threads": 1}
    outcomes = draws < 1 / (1 + numpy.exp(-log_odds))
    trained = lightgbm.train(settings, lightgbm.Dataset(training, outcomes), num_boost_round=30)
    text = trained.model_to_string(importance_type="split")
    (HERE / "trained.txt").write_text(text)

    judged = rows(10_000, seed=3)
    trained = lightgbm.Booster(model_str=text)
    save("trained-scores.f64", trained.predict(judged, raw_score=True))
    save("trained-contributions.f64", trained.predict(judged[:100], pred_contrib=True))
    exported = lightgbm.Booster(model_file=HERE / "exported.txt")
    save("exported-scores.f64", exported.predict(judged, raw_score=True))


if __name__ == "__main__":
    main()
