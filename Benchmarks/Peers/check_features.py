"""Compares the features and log-odds of the full pipeline in Python with the program's own, and fails where they differ.

Prints how many of the program's features the pipeline computes, and which it leaves out.
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

# While the markets have moved only as one, the spread of the absorption ratio, which is 1, is rounding.
ROUNDING_WHILE_ONE = ("absorption_shift", "log_odds")


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


def main():
    options = parsed_options()
    features = table(options, NAMES, "--config", options.config)
    log_odds = table(options, ["log_odds"], "--model", options.model)
    pipeline, scorer = Pipeline(), Scorer(options.model, options.trees, LOG_ODDS)
    differences, compared = {}, 0
    with Path(options.lines).open("rb") as lines:
        for line in lines:
            book = decode(line)
            rows = pipeline.observe(book)
            if rows is None:
                continue
            for side, row, score in zip(("sell", "buy"), rows, scorer.scores(book.market, rows)):
                key = told(book.time), book.market, side
                expected = features.pop(key) + log_odds.pop(key)
                compared += 1
                is_one = isclose(expected[NAMES.index("absorption_ratio")], 1, abs_tol=1e-12)
                for name, value, true_value in zip((*NAMES, "log_odds"), (*row, score), expected, strict=True):
                    if not agree(value, true_value) and not (is_one and name in ROUNDING_WHILE_ONE):
                        differences.setdefault(name, []).append((key, value, true_value))
    for name, found in differences.items():
        print(f"{name}: {len(found)} of {compared} rows differ, first {found[0]}", file=sys.stderr)
    if features or differences or not compared:
        sys.exit(f"{len(differences)} features differ, {len(features)} rows are missing")
    missing = [name for name in scorer.names if name not in NAMES]
    print(
        f"{len(scorer.names) - len(missing)} of {len(scorer.names)} features a side and the log-odds agree within {RELATIVE:g} "
        f"in {compared} rows" + "".join(f"\nleft out: {name}" for name in missing)
    )


if __name__ == "__main__":
    main()
