"""How much the markets move as one: correlations at different times, their spectrum, common changes of depth."""

from math import nan, sqrt
from operator import sub

import numpy as np

from .scales import decay, mean
from .settings import LONGEST_WINDOW, MAIN_NAME, SLOW_HALF_LIFE, WINDOW_NAMES, WINDOWS
from .windows import WindowedTotals

NAMES = (
    *(f"pair_correlation_{window}" for window in WINDOW_NAMES),
    *("average_correlation", "first_eigenvalue_share", "absorption_ratio", "absorption_shift"),
    *(f"depth_commonality_{MAIN_NAME}_{window}" for window in WINDOW_NAMES),
)

FEWEST_CHANGES = 5
SHIFT_WINDOWS = (WINDOWS[len(WINDOWS) // 2], WINDOWS[-1])


class PairCorrelation:
    """The estimator of Hayashi and Yoshida over sliding windows."""

    def __init__(self):
        self.variances = []
        # By pair of market numbers, the larger first.
        self.products = {}

    def observe(self, arrival, arrivals):
        while len(self.variances) < len(arrivals.latest):
            market = len(self.variances)
            self.products |= {(market, other): WindowedTotals(WINDOWS, 1) for other in range(market)}
            self.variances.append(WindowedTotals(WINDOWS, 1))
        step, market = arrival.step, arrival.market
        if step != step:
            return
        self.variances[market].append(arrival.time, (step * step,))
        for other, reading in enumerate(arrivals.latest):
            if other == market or reading is None:
                continue
            product = step * arrival.news(other, reading)
            if product == product:
                self.products[max(other, market), min(other, market)].append(arrival.time, (product,))

    def values(self, arrival):
        own = self.sums(self.variances[arrival.market], arrival.time)
        correlations = []
        for other, variance in enumerate(self.variances):
            if other == arrival.market:
                continue
            pair = self.products[max(other, arrival.market), min(other, arrival.market)]
            correlations.append(
                [
                    max(-1.0, min(1.0, product / sqrt(one * two))) if one * two > 0 else nan
                    for product, one, two in zip(
                        self.sums(pair, arrival.time), own, self.sums(variance, arrival.time)
                    )
                ]
            )
        return [mean(column) for column in zip(*correlations)] if correlations else [nan] * len(WINDOWS)

    @staticmethod
    def sums(totals, time):
        return [last - before for _, (before,), (last,) in totals.spans(time)]


class Spectrum:
    """The exponentially weighted covariance of all markets' returns, shrunk, and its eigenvalues."""

    def __init__(self):
        self.time = None
        # Rows up to the diagonal.
        self.covariances = []
        # Σ w and Σ w² of each market's returns.
        self.weights = []
        self.squared_weights = []
        # Of the absorption ratio less the first one: Σ x, Σ x².
        self.ratios = WindowedTotals(SHIFT_WINDOWS, 2)
        self.first_ratio = None

    def observe(self, arrival, arrivals):
        while len(self.weights) < len(arrivals.latest):
            self.weights.append(0.0)
            self.squared_weights.append(0.0)
            self.covariances.append([0.0] * len(self.weights))
        step, market = arrival.step, arrival.market
        if step != step:
            return
        self.fade(arrival.time)
        self.covariances[market][market] += step * step
        self.weights[market] += 1
        self.squared_weights[market] += 1
        for other, reading in enumerate(arrivals.latest):
            if other == market or reading is None:
                continue
            product = step * arrival.news(other, reading)
            if product == product:
                self.covariances[max(other, market)][min(other, market)] += product

    def fade(self, time):
        weight = 1.0 if self.time is None else decay((time - self.time) * 1e-9, SLOW_HALF_LIFE)
        self.time = time
        squared = weight * weight
        self.weights = [value * weight for value in self.weights]
        self.squared_weights = [value * squared for value in self.squared_weights]
        self.covariances = [[value * weight for value in row] for row in self.covariances]

    def values(self, arrival, arrivals):
        covariances, squared_weights = self.covariances, self.squared_weights
        members = [
            market
            for market, _ in arrivals.fresh(arrival.time, LONGEST_WINDOW)
            if covariances[market][market] > 0 and squared_weights[market] > 0
        ]
        if len(members) < 2:
            return nan, nan, nan, self.shift(arrival.time)
        correlations, deviations = self.shrunk(members)
        average = mean([correlation for row in correlations for correlation in row[:-1]])
        order = len(members)
        covariances = [
            [correlation * one * other for correlation, other in zip(row, deviations)]
            for row, one in zip(correlations, deviations)
        ]
        # Only the lower triangle is read.
        for row, other in zip(correlations, covariances):
            padding = [0.0] * (order - len(row))
            row += padding
            other += padding
        values, variances = np.linalg.eigvalsh(np.array([correlations, covariances])).tolist()
        variances = [max(0.0, variance) for variance in variances]
        total = sum(variances)
        if total <= 0:
            return nan, nan, nan, self.shift(arrival.time)
        ratio = sum(variances[order - max(1, (order + 2) // 5) :]) / total
        if self.first_ratio is None:
            self.first_ratio = ratio
        difference = ratio - self.first_ratio
        self.ratios.append(arrival.time, (difference, difference * difference))
        return average, values[-1] / order, ratio, self.shift(arrival.time)

    def shrunk(self, members):
        """Correlations up to the diagonal, shrunk by Ledoit and Wolf's intensity, and standard deviations."""
        deviations = [sqrt(self.covariances[market][market]) for market in members]
        counts = [self.weights[market] ** 2 / self.squared_weights[market] for market in members]
        variance = squares = 0.0
        rows = []
        for i, market in enumerate(members):
            row = []
            for j, other in enumerate(members[:i]):
                correlation = self.covariances[market][other] / (deviations[i] * deviations[j])
                correlation = max(-1.0, min(1.0, correlation))
                row.append(correlation)
                square = correlation * correlation
                squares += square
                variance += (1 - square) ** 2 / min(counts[i], counts[j])
            rows.append(row)
        kept = 1 - min(1.0, variance / squares) if squares > 0 else 0.0
        return [[*(correlation * kept for correlation in row), 1.0] for row in rows], deviations

    def shift(self, time):
        (short, short_before, short_end), (long, long_before, long_end) = self.ratios.spans(time)
        if short == 0 or long < 2:
            return nan
        total = long_end[0] - long_before[0]
        squares = long_end[1] - long_before[1] - total * total / long
        if squares <= 0:
            return nan
        return ((short_end[0] - short_before[0]) / short - total / long) / sqrt(squares / (long - 1))


class DepthCommonality:
    """How far the others' mean change of depth explains each market's own."""

    def __init__(self):
        # By market: Σ of x, y, x², y², xy for selling, and the same for buying.
        self.regressions = []

    def values(self, arrival, arrivals):
        while len(self.regressions) < len(arrivals.latest):
            self.regressions.append(WindowedTotals(WINDOWS, 10))
        regression = self.regressions[arrival.market]
        last, before = arrival.last, arrival.before
        if last is not None and before is not None and (others := self.others_changes(arrival)):
            totals = []
            for x, now, then in zip(others, last.log_depths, before.log_depths):
                y = now - then
                totals += (x, y, x * x, y * y, x * y)
            regression.append(arrival.time, totals)
        sell, buy = [], []
        for count, before, end in regression.spans(arrival.time):
            sums = list(map(sub, end, before))
            sell.append(explained(count, *sums[:5]))
            buy.append(explained(count, *sums[5:]))
        return sell, buy

    @staticmethod
    def others_changes(arrival):
        """The others' mean changes for selling and for buying; none without any."""
        sells, buys = [], []
        for other in range(len(arrival.others_at_last)):
            if other == arrival.market:
                continue
            now, then = arrival.known_at_last(other), arrival.known_at_before(other)
            if now is not None and then is not None:
                sells.append(now.log_depths[0] - then.log_depths[0])
                buys.append(now.log_depths[1] - then.log_depths[1])
        return (sum(sells) / len(sells), sum(buys) / len(buys)) if sells else None


def explained(count, x, y, xx, yy, xy):
    """R² of the regression of y on x."""
    if count < FEWEST_CHANGES:
        return nan
    xx -= x * x / count
    yy -= y * y / count
    return min(1.0, (xy - x * y / count) ** 2 / (xx * yy)) if xx > 0 and yy > 0 else nan
