"""Compares the features and log-odds of the full pipeline in Python with the program's own, and fails where they differ.

Prints how many of the program's features the pipeline computes, and which it leaves out. Log-odds that lack a feature are
not compared.
"""

import argparse
import csv
import subprocess
import sys
from datetime import datetime, timezone
from math import isclose, isnan, nan
from pathlib import Path

from books import decode
from features.pipeline import NAMES, Pipeline
from scorer import Scorer
from trees import LOG_ODDS

RELATIVE, ABSOLUTE = 1e-6, 1e-9
LOG_ODDS_COLUMN = "log_odds"

# While the markets have moved only as one, the spread of the absorption ratio, which is 1, is rounding.
ROUNDING_WHILE_ONE = ("absorption_shift", LOG_ODDS_COLUMN)


def parsed_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, help="the program")
    parser.add_argument("--config", required=True, help="the configuration of the model's training")
    parser.add_argument("--model", required=True, help="the directory of the stored model")
    parser.add_argument("--trees", required=True, help="its trees in LightGBM's format")
    parser.add_argument("--lines", required=True, help="canonical lines")
    return parser.parse_args()


def table(options, columns, *source):
    """Columns of the program's CSV as numbers, by time, market and side; NaN where empty."""
    command = [options.program, "features", *source, "--data", options.lines]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = {}
    for row in csv.DictReader(text.splitlines()):
        rows[row["time"], row["market"], row["side"]] = [float(row[column] or nan) for column in columns]
    return rows


def told(nanoseconds):
    """The instant as the program writes it."""
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    fraction = f".{rest:09}".rstrip("0") if rest else ""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def agree(one, other):
    return isnan(one) and isnan(other) or isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def differences(options, scorer, missing):
    """By name, where the pipeline's values differ from the program's, with the number of rows that were compared."""
    features = table(options, NAMES, "--config", options.config)
    log_odds = table(options, [LOG_ODDS_COLUMN], "--model", options.model)
    names = NAMES if missing else (*NAMES, LOG_ODDS_COLUMN)
    pipeline, found, compared = Pipeline(), {}, 0
    with Path(options.lines).open("rb") as lines:
        for line in lines:
            book = decode(line)
            rows = pipeline.observe(book)
            if rows is None:
                continue
            for side, row, score in zip(("sell", "buy"), rows, scorer.scores(book.market, rows)):
                key = told(book.time), book.market, side
                expected = dict(zip((*NAMES, LOG_ODDS_COLUMN), features.pop(key) + log_odds.pop(key), strict=True))
                compared += 1
                is_one = isclose(expected.get("absorption_ratio", nan), 1, abs_tol=1e-12)
                for name, value in zip(names, (*row, score)):
                    if not agree(value, expected[name]) and not (is_one and name in ROUNDING_WHILE_ONE):
                        found.setdefault(name, []).append((*key, value, expected[name]))
    if features:
        sys.exit(f"the pipeline gives no values in {len(features)} rows")
    return found, compared


def main():
    options = parsed_options()
    scorer = Scorer(options.model, options.trees, LOG_ODDS)
    missing = [name for name in scorer.names if name not in NAMES]
    found, compared = differences(options, scorer, missing)
    for name, rows in found.items():
        print(f"{name}: {len(rows)} of {compared} rows differ, the first: {rows[0]}", file=sys.stderr)
    if found or not compared:
        sys.exit(f"{len(found)} figures differ in {compared} rows: {', '.join(found)}")
    agreeing = "" if missing else " and the log-odds"
    print(
        f"{len(scorer.names) - len(missing)} of {len(scorer.names)} features a side{agreeing} agree within {RELATIVE:g} in "
        f"{compared} rows" + "".join(f"\nleft out: {name}" for name in missing)
    )


if __name__ == "__main__":
    main()
