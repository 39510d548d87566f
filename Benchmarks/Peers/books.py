"""A line of the canonical format."""

import msgspec


class Book(msgspec.Struct):
    time: int
    market: str
    bids: list[tuple[float, float]]
    asks: list[tuple[float, float]]


decode = msgspec.json.Decoder(Book).decode
