"""The features of a stream of books of any number of markets."""

from . import coupling, market, others
from .coupling import DepthCommonality, PairCorrelation, Spectrum
from .market import Market
from .others import Arrivals

NAMES = market.NAMES + others.NAMES + coupling.NAMES


class Pipeline:
    def __init__(self):
        self.markets = {}
        self.arrivals = Arrivals()
        self.pairs = PairCorrelation()
        self.spectrum = Spectrum()
        self.commonality = DepthCommonality()

    def observe(self, book):
        """The rows of selling and buying at the next book of the stream; None for a book without a mid."""
        market = self.markets.get(book.market)
        if market is None:
            market = self.markets[book.market] = Market()
        observed = market.observe(book)
        reading = observed[-1] if observed else None
        arrival = self.arrivals.observe(book.market, book.time, reading)
        self.pairs.observe(arrival, self.arrivals)
        self.spectrum.observe(arrival, self.arrivals)
        spectrum = self.spectrum.values(arrival, self.arrivals)
        if observed is None:
            return None
        sell, buy, _ = observed
        others.write(arrival, self.arrivals, sell, buy)
        pairs = self.pairs.values(arrival)
        for row, commonality in zip((sell, buy), self.commonality.values(arrival, self.arrivals)):
            row += pairs
            row += spectrum
            row += commonality
        return sell, buy
