"""Answers each canonical book line on standard input with a line: the stream benchmark's full pipeline in Python.

Of each book it computes the features of the `features` package, both sides, and scores both with the benchmark's own model
in LightGBM's format by LightGBM's fast single-row call. msgspec reads and writes.
"""

import argparse
import gc
import sys

import msgspec

from books import decode
from features.pipeline import Pipeline
from scorer import Scorer


class Answer(msgspec.Struct):
    time: int
    market: str
    sell: float | None
    buy: float | None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True, help="the directory of the stored model")
    parser.add_argument("--trees", required=True, help="its trees in LightGBM's format")
    parser.add_argument("--flush", action="store_true", help="send each answer at once")
    options = parser.parse_args()
    pipeline, scorer = Pipeline(), Scorer(options.model, options.trees)
    # Nothing here refers back to itself, so counting references frees it.
    gc.disable()
    encode, output = msgspec.json.Encoder().encode, sys.stdout.buffer
    for line in sys.stdin.buffer:
        book = decode(line)
        rows = pipeline.observe(book)
        sell, buy = (None, None) if rows is None else scorer.scores(book.market, rows)
        output.write(encode(Answer(book.time, book.market, sell, buy)) + b"\n")
        if options.flush:
            output.flush()


if __name__ == "__main__":
    main()
