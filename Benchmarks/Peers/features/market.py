"""Stage one: the features that need one market alone."""

from math import log

from . import book as depth
from . import context, flow, persistence, volatility
from .book import HalfBook
from .context import Context
from .flow import OrderFlow
from .persistence import DepthHistory, LevelMinima
from .settings import MAIN_BAND, WINDOWS
from .volatility import ExponentialVolatility, PriceHistory
from .windows import Windows

NAMES = depth.NAMES + persistence.NAMES + flow.NAMES + volatility.NAMES + context.NAMES


class Reading:
    """What the other markets may know of a market; pairs are for selling and buying."""

    __slots__ = ("time", "log_mid", "log_depths", "to_medians", "scores", "windows", "thin_shares")

    def __init__(self, time, log_mid, sells, buys, prices):
        self.time = time
        self.log_mid = log_mid
        self.log_depths = (sells.values[-1], buys.values[-1])
        self.to_medians = (sells.to_median, buys.to_median)
        self.scores = (sells.score, buys.score)
        self.windows = prices.readings
        self.thin_shares = [sell + buy for sell, buy in zip(sells.thin_shares, buys.thin_shares)]


class Market:
    def __init__(self):
        self.windows = Windows(WINDOWS)
        self.context = Context()
        self.sells, self.buys = DepthHistory(self.windows), DepthHistory(self.windows)
        self.bid_minima, self.ask_minima = LevelMinima(), LevelMinima()
        self.flow = OrderFlow(self.windows)
        self.prices = PriceHistory(self.windows)
        self.weighted = ExponentialVolatility(self.windows)
        self.halves = None

    def observe(self, book):
        """The rows of the two sides so far and what others may know; None for a book without a mid."""
        self.context.observe(book)
        if not book.bids or not book.asks:
            return None
        mid = (book.bids[0][0] + book.asks[0][0]) / 2
        bids, asks = HalfBook(book.bids, 1, mid), HalfBook(book.asks, -1, mid)
        log_mid = log(mid)
        self.append(book.time, bids, asks, log_mid)
        rows = self.rows(bids, asks)
        reading = Reading(book.time, log_mid, self.sells, self.buys, self.prices)
        if count := self.windows.forgettable():
            self.forget(count)
        return *rows, reading

    def append(self, time, bids, asks, log_mid):
        windows = self.windows
        elapsed = time - windows.times[-1] if windows.times else 0
        windows.append(time)
        index, oldest = len(windows.times) - 1, windows.heads[-1]
        self.sells.append(bids.log_depth, elapsed)
        self.buys.append(asks.log_depth, elapsed)
        self.bid_minima.observe(bids.prices, bids.sizes, index, oldest)
        self.ask_minima.observe(asks.prices, asks.sizes, index, oldest)
        self.flow.append(self.halves, (bids, asks))
        self.halves = (bids, asks)
        self.prices.append(log_mid)
        self.weighted.append(log_mid, elapsed)

    def rows(self, bids, asks):
        heads, seconds = self.windows.heads, self.windows.seconds()
        sell, buy = [], []
        depth.write(bids, asks, sell, buy)
        self.sells.write(sell, self.bid_minima.sums(bids.counts[MAIN_BAND], heads), seconds)
        self.buys.write(buy, self.ask_minima.sums(asks.counts[MAIN_BAND], heads), seconds)
        self.flow.write(sell, buy)
        self.prices.write(sell, buy, seconds)
        self.weighted.write(sell, buy)
        values = self.context.values()
        sell += values
        buy += values
        return sell, buy

    def forget(self, count):
        self.windows.forget(count)
        for part in (
            *(self.sells, self.buys, self.bid_minima, self.ask_minima),
            *(self.flow, self.prices, self.weighted),
        ):
            part.forget(count)
