"""Volatility and returns of the mid: realised, from ranges, exponentially weighted."""

from math import log, nan, pi, sqrt

from .scales import basis_points, decay, volatility
from .settings import FAST_HALF_LIFE, SLOW_HALF_LIFE, WINDOW_NAMES
from .windows import RollingMaximum

NAMES = (
    *(
        f"{figure}_{window}"
        for window in WINDOW_NAMES
        for figure in ("realised_volatility", "jump_share", "adverse_semivolatility", "adverse_return")
    ),
    *(
        f"{estimator}_volatility_{window}"
        for window in WINDOW_NAMES
        for estimator in ("parkinson", "garman_klass", "rogers_satchell")
    ),
    *("ewma_volatility_fast", "ewma_volatility_slow", "ewma_volatility_ratio"),
    *("last_adverse_return", "last_return_intensity"),
    *(f"volatility_of_volatility_{window}" for window in WINDOW_NAMES),
)

DOUBLING = log(2)


class PriceHistory:
    """The log mid at the moments of the market's windows."""

    def __init__(self, windows):
        self.windows = windows
        self.values = []
        # Up to each moment: Σ r², of falls, of rises, and Σ |r_i| |r_{i+1}|.
        self.totals = []
        self.last_step = 0.0
        self.highest, self.lowest = RollingMaximum(), RollingMaximum()
        # Of each window: realised volatility and log return.
        self.readings = []

    def append(self, value):
        index, oldest = len(self.values), self.windows.heads[-1]
        if self.values:
            step = value - self.values[-1]
            square = step * step
            squares, falls, rises, bipower = self.totals[-1]
            self.totals.append(
                (
                    squares + square,
                    falls + square if step < 0 else falls,
                    rises + square if step > 0 else rises,
                    bipower + abs(step * self.last_step),
                )
            )
            self.last_step = step
        else:
            self.totals.append((0.0, 0.0, 0.0, 0.0))
        self.values.append(value)
        self.highest.append(index, value, oldest)
        self.lowest.append(index, -value, oldest)

    def write(self, sell, buy, seconds):
        values, totals = self.values, self.totals
        end = len(values) - 1
        last = values[end]
        squares_end, falls_end, rises_end, bipower_end = totals[end]
        ranges, self.readings = [], []
        for head, duration in zip(self.windows.heads, seconds):
            count = end - head
            if count == 0:
                sell += (nan,) * 4
                buy += (nan,) * 4
                ranges += (nan,) * 3
                self.readings.append((nan, nan))
                continue
            squares, falls, rises, _ = totals[head]
            squares = squares_end - squares
            realised, change = volatility(squares, duration), last - values[head]
            self.readings.append((realised, change))
            jump = nan
            if count > 1 and squares > 0:
                bipower = bipower_end - totals[head + 1][3]
                jump = max(0.0, 1 - pi / 2 * count / (count - 1) * bipower / squares)
            adverse = basis_points(-change)
            sell += (realised, jump, volatility(falls_end - falls, duration), adverse)
            buy += (realised, jump, volatility(rises_end - rises, duration), -adverse)
            self.append_ranges(ranges, head, values[head], last, duration)
        sell += ranges
        buy += ranges

    def append_ranges(self, row, head, first, last, seconds):
        high, low = self.highest.since(head), -self.lowest.since(head)
        squared_range, body = (high - low) ** 2, last - first
        row.append(volatility(squared_range / (4 * DOUBLING), seconds))
        row.append(volatility(squared_range / 2 - (2 * DOUBLING - 1) * body * body, seconds))
        row.append(volatility((high - last) * (high - first) + (low - last) * (low - first), seconds))

    def forget(self, count):
        del self.values[:count], self.totals[:count]
        self.highest.forget(count)
        self.lowest.forget(count)


class WeightedVariance:
    """Squared returns and the time they took, with weights that halve."""

    def __init__(self, half_life):
        self.half_life = half_life
        self.squares = self.seconds = 0.0

    def add(self, step, seconds):
        weight = decay(seconds, self.half_life)
        self.squares = self.squares * weight + step * step
        self.seconds = self.seconds * weight + seconds

    def volatility(self):
        return volatility(self.squares, self.seconds)


class ExponentialVolatility:
    def __init__(self, windows):
        self.windows = windows
        self.fast, self.slow = WeightedVariance(FAST_HALF_LIFE), WeightedVariance(SLOW_HALF_LIFE)
        self.last = None
        self.step, self.elapsed, self.current = nan, 0.0, nan
        # Of the fast volatility, where defined, before each moment and at the end of all: count, Σ x, Σ x².
        self.totals = [(0, 0.0, 0.0)]

    def append(self, log_mid, elapsed):
        if self.last is not None:
            self.step, self.elapsed = log_mid - self.last, elapsed * 1e-9
            self.fast.add(self.step, self.elapsed)
            self.slow.add(self.step, self.elapsed)
            self.current = self.fast.volatility()
        self.last = log_mid
        totals = self.totals[-1]
        if self.current == self.current:
            count, total, squares = totals
            totals = (count + 1, total + self.current, squares + self.current * self.current)
        self.totals.append(totals)

    def write(self, sell, buy):
        fast, slow = self.fast, self.slow
        ratio = adverse = intensity = nan
        if fast.squares > 0 and slow.squares > 0 and fast.seconds > 0 and slow.seconds > 0:
            ratio = 0.5 * log(fast.squares / fast.seconds * (slow.seconds / slow.squares))
        if self.step == self.step:
            adverse = basis_points(-self.step)
            intensity = volatility(self.step * self.step, self.elapsed)
        common = (self.current, slow.volatility(), ratio)
        deviations = [self.deviation(head) for head in self.windows.heads]
        sell += common
        sell += (adverse, intensity)
        sell += deviations
        buy += common
        buy += (-adverse, intensity)
        buy += deviations

    def deviation(self, head):
        count, total, squares = self.totals[-1]
        count_before, total_before, squares_before = self.totals[head]
        count -= count_before
        if count < 2:
            return nan
        total -= total_before
        return sqrt(max(0.0, squares - squares_before - total * total / count) / (count - 1))

    def forget(self, count):
        del self.totals[:count]
