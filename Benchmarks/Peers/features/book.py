"""The features of one book: depth, imbalance, spread, sweep costs, shape."""

from bisect import bisect_left, bisect_right
from itertools import accumulate
from math import log, log1p, nan
from operator import mul, neg, sub

from .scales import basis_points
from .settings import (
    BAND_NAMES,
    BANDS,
    GAP_BAND,
    MAIN_BAND,
    MAIN_NAME,
    NOTIONAL_NAMES,
    NOTIONALS,
    REACH,
)

NAMES = (
    *(f"depth_{band}" for band in BAND_NAMES),
    *(f"opposite_depth_{band}" for band in BAND_NAMES),
    *(f"imbalance_{band}" for band in BAND_NAMES),
    *(f"annulus_depth_{inner}_{outer}" for inner, outer in zip(BAND_NAMES, BAND_NAMES[1:])),
    *(f"near_share_{band}_{MAIN_NAME}" for band in BAND_NAMES[:MAIN_BAND]),
    *("spread", "microprice_deviation", "coverage"),
    *(f"sweep_cost_{notional}" for notional in NOTIONAL_NAMES),
    *(f"round_trip_cost_{notional}" for notional in NOTIONAL_NAMES),
    f"exhaustion_{NOTIONAL_NAMES[-1]}",
    *(f"depth_slope_{MAIN_NAME}", "largest_gap_50bp", f"concentration_{MAIN_NAME}"),
)

LOG_LARGEST = log(NOTIONALS[-1])
# The last key of each band over the mid.
BID_EDGES = [band - 1 for band in BANDS]
ASK_EDGES = [1 + band for band in BANDS]


class HalfBook:
    """The levels of one side, best first, with what several features need of them.

    `keys` are the prices such that they ascend: negated for bids. `sign` is 1 for the bids, into which a liquidation sells.
    """

    def __init__(self, levels, sign, mid):
        self.sign, self.mid = sign, mid
        self.prices, self.sizes = zip(*levels)
        self.keys = list(map(neg, self.prices)) if sign > 0 else self.prices
        self.notionals = list(map(mul, self.prices, self.sizes))
        self.cumulative = list(accumulate(self.notionals, initial=0.0))
        edges = BID_EDGES if sign > 0 else ASK_EDGES
        keys, cumulative = self.keys, self.cumulative
        self.counts = [bisect_right(keys, mid * edge) for edge in edges]
        self.depths = [cumulative[count] for count in self.counts]
        self.log_depth = log(1 + self.depths[MAIN_BAND])

    def limit(self, band):
        """The last key within a band."""
        return self.mid * (band - 1 if self.sign > 0 else 1 + band)

    def distances(self):
        mid = self.mid
        if self.sign > 0:
            return [(mid - price) / mid for price in self.prices]
        return [(price - mid) / mid for price in self.prices]

    def sweep_costs(self, count):
        """The cost of each notional as a fraction, the first `count` levels being within reach."""
        mid = self.mid
        sizes = list(accumulate(self.sizes, initial=0.0))
        costs = []
        for notional in NOTIONALS:
            quantity = notional / mid
            level = bisect_left(sizes, quantity, 1, count + 1)
            if level <= count:
                price = self.prices[level - 1]
                value = self.cumulative[level - 1] + (quantity - sizes[level - 1]) * price
            else:
                edge = mid * (1 - self.sign * REACH)
                value = self.cumulative[count] + (quantity - sizes[count]) * edge
            costs.append(self.sign * (mid - value / quantity) / mid)
        return costs

    def shape(self, distances):
        """Slope, largest gap and concentration."""
        main = bisect_right(distances, BANDS[MAIN_BAND])
        first = bisect_right(distances, 0.0)
        slope = line_slope(
            list(map(log, distances[first:main])), list(map(log, self.cumulative[first + 1 : main + 1]))
        )
        edges = [0.0, *distances[first : bisect_left(distances, GAP_BAND)], GAP_BAND]
        gap = max(map(sub, edges[1:], edges))
        notionals, depth = self.notionals[:main], self.cumulative[main]
        concentration = log(sum(map(mul, notionals, notionals)) / (depth * depth)) if depth > 0 else nan
        return slope, basis_points(gap), concentration


def line_slope(x, y):
    """Least squares; undefined below three points or without a spread in x."""
    count = len(x)
    if count < 3:
        return nan
    mean = sum(x) / count
    x = [value - mean for value in x]
    squares = sum(map(mul, x, x))
    return sum(map(mul, x, y)) / squares if squares > 0 else nan


def ratio(part, whole):
    return part / whole if whole > 0 else nan


def own_features(half, distances):
    """Those that come before the imbalances, after them, and after the sweeps."""
    depths = half.depths
    logs = [log(1 + depth) for depth in depths]
    main = depths[MAIN_BAND]
    later = [log(1 + outer - inner) for inner, outer in zip(depths, depths[1:])]
    later += [ratio(depth, main) for depth in depths[:MAIN_BAND]]
    return logs, later, half.shape(distances)


def write(bids, asks, sell, buy):
    """Appends the features of a book to the rows of the two sides."""
    mid = bids.mid
    bid_distances, ask_distances = bids.distances(), asks.distances()
    bid_logs, bid_later, bid_shape = own_features(bids, bid_distances)
    ask_logs, ask_later, ask_shape = own_features(asks, ask_distances)
    imbalances = [ratio(own - other, own + other) for own, other in zip(bids.depths, asks.depths)]

    bid, ask, bid_size, ask_size = bids.prices[0], asks.prices[0], bids.sizes[0], asks.sizes[0]
    spread = basis_points((ask - bid) / mid)
    deviation = basis_points((mid - (bid * ask_size + ask * bid_size) / (bid_size + ask_size)) / mid)

    bid_reach = bisect_right(bids.keys, bids.limit(REACH))
    ask_reach = bisect_right(asks.keys, asks.limit(REACH))
    bid_costs, ask_costs = bids.sweep_costs(bid_reach), asks.sweep_costs(ask_reach)
    round_trips = [basis_points(one + other) for one, other in zip(bid_costs, ask_costs)]

    sell += bid_logs
    sell += ask_logs
    sell += imbalances
    sell += bid_later
    sell += (spread, deviation, basis_points(bid_distances[-1]))
    sell += map(basis_points, bid_costs)
    sell += round_trips
    sell.append(log1p(bids.cumulative[bid_reach]) - LOG_LARGEST)
    sell += bid_shape

    buy += ask_logs
    buy += bid_logs
    buy += map(neg, imbalances)
    buy += ask_later
    buy += (spread, -deviation, basis_points(ask_distances[-1]))
    buy += map(basis_points, ask_costs)
    buy += round_trips
    buy.append(log1p(asks.cumulative[ask_reach]) - LOG_LARGEST)
    buy += ask_shape
