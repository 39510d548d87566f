"""How depth within the main band moved: one side's rolling statistics, thin times and depth that stayed."""

from bisect import bisect_left
from itertools import islice
from math import log, log1p, nan, sqrt

from .scales import decay
from .settings import (
    FAST_HALF_LIFE,
    LONGEST_WINDOW,
    MAIN_NAME,
    SLOW_HALF_LIFE,
    THIN_MULTIPLES,
    THIN_NAMES,
    WINDOW_NAMES,
)
from .windows import SortedWindow

STATISTICS = ("minimum", "median", "quantile10", "mean", "drawdown", "change", "volatility", "score")

NAMES = (
    *(f"depth_{statistic}_{MAIN_NAME}_{window}" for window in WINDOW_NAMES for statistic in STATISTICS),
    *(f"thin_share_{thin}_{MAIN_NAME}_{window}" for window in WINDOW_NAMES for thin in THIN_NAMES),
    *(f"thin_time_share_{thin}_{MAIN_NAME}_{window}" for window in WINDOW_NAMES for thin in THIN_NAMES),
    f"time_since_halved_{MAIN_NAME}",
    *(f"persistent_depth_{MAIN_NAME}_{window}" for window in WINDOW_NAMES),
    *(f"ewma_depth_{MAIN_NAME}_{pace}" for pace in ("fast", "slow")),
)

LOG_MILD, LOG_STRONG = log(THIN_MULTIPLES[1]), log(THIN_MULTIPLES[0])
LOG_HALF = log(0.5)
NEVER = log1p(LONGEST_WINDOW / 60e9)


class DepthHistory:
    """The log depth of one side at the moments of the market's windows."""

    def __init__(self, windows):
        self.windows = windows
        self.values = []
        # Σ (x − first) and Σ (x − first)² before each moment, and at the end those of all.
        self.sums, self.squares = [0.0], [0.0]
        self.origin = None
        self.sorted = [SortedWindow() for _ in windows.lengths]
        self.sorted_heads = [0] * len(windows.lengths)
        # Before each moment: snapshots, then nanoseconds, below the smaller and the larger multiple of the median.
        self.thin = []
        self.thin_totals = (0, 0, 0, 0)
        self.is_thin = (0, 0)
        self.last_halved = None
        self.averages = None
        self.to_median = self.score = nan
        self.thin_shares = ()

    def append(self, value, elapsed):
        """Takes in the newest depth, whose time the windows hold already; `elapsed` is the time since the one before."""
        values, windows = self.values, self.windows
        values.append(value)
        if self.origin is None:
            self.origin = value
        difference = value - self.origin
        self.sums.append(self.sums[-1] + difference)
        self.squares.append(self.squares[-1] + difference * difference)
        for window, sorted_window in enumerate(self.sorted):
            sorted_window.insert(value)
            for index in range(self.sorted_heads[window], windows.heads[window]):
                sorted_window.remove(values[index])
        self.sorted_heads = windows.heads.copy()
        self.follow_thin(value, elapsed)
        self.follow_averages(value, elapsed)

    def follow_thin(self, value, elapsed):
        strong, mild, strong_time, mild_time = self.thin_totals
        if len(self.values) - 1 > self.windows.heads[-1]:
            strong_time += elapsed * self.is_thin[0]
            mild_time += elapsed * self.is_thin[1]
        self.thin.append((strong, mild, strong_time, mild_time))
        self.to_median = value - self.sorted[-1].quantile(0.5)
        self.is_thin = is_strong, is_mild = self.to_median < LOG_STRONG, self.to_median < LOG_MILD
        self.thin_totals = (strong + is_strong, mild + is_mild, strong_time, mild_time)
        if self.to_median < LOG_HALF:
            self.last_halved = self.windows.times[-1]

    def follow_averages(self, value, elapsed):
        if self.averages is None:
            self.averages = (value, value)
        else:
            fast, slow = self.averages
            seconds = elapsed * 1e-9
            fast += (1 - decay(seconds, FAST_HALF_LIFE)) * (value - fast)
            slow += (1 - decay(seconds, SLOW_HALF_LIFE)) * (value - slow)
            self.averages = (fast, slow)

    def write(self, row, persistent, seconds):
        """Appends the features to a row, `persistent` depths and windows' seconds being given."""
        values = self.values
        value, end = values[-1], len(values)
        sum_of_all, squares_of_all = self.sums[-1], self.squares[-1]
        for head, sorted_window in zip(self.windows.heads, self.sorted):
            ordered = sorted_window.values
            count = end - head
            total = sum_of_all - self.sums[head]
            mean = self.origin + total / count
            lowest, highest = ordered[0], ordered[-1]
            if count == 1:
                row += (lowest, lowest, lowest, mean, highest - value, nan, nan, nan)
                self.score = nan
                continue
            squares = max(0.0, squares_of_all - self.squares[head] - total * total / count) if highest > lowest else 0.0
            deviation = sqrt(squares / (count - 1))
            self.score = (value - mean) / deviation if deviation > 0 else nan
            row += (
                lowest,
                sorted_window.quantile(0.5),
                sorted_window.quantile(0.1),
                mean,
                highest - value,
                value - values[head],
                log(0.02 + deviation),
                self.score,
            )
        self.write_thin(row, end, seconds)
        row += [log(1 + depth) for depth in persistent]
        row += self.averages

    def write_thin(self, row, end, seconds):
        strong, mild, strong_time, mild_time = self.thin_totals
        shares, times = [], []
        for head, duration in zip(self.windows.heads, seconds):
            strong_before, mild_before, strong_time_before, mild_time_before = self.thin[head]
            count = end - head
            shares += ((strong - strong_before) / count, (mild - mild_before) / count)
            if duration > 0:
                scale = duration * 1e9
                times += ((strong_time - strong_time_before) / scale, (mild_time - mild_time_before) / scale)
            else:
                times += (nan, nan)
        self.thin_shares = shares
        row += shares
        row += times
        if self.last_halved is None:
            row.append(NEVER)
        else:
            row.append(log1p(min(self.windows.times[-1] - self.last_halved, LONGEST_WINDOW) / 60e9))

    def forget(self, count):
        for entries in (self.values, self.sums, self.squares, self.thin):
            del entries[:count]
        self.sorted_heads = [head - count for head in self.sorted_heads]


class LevelMinima:
    """For each visible price the index since which it is shown, and the sizes that are smaller than all later ones."""

    def __init__(self):
        self.levels = {}

    def observe(self, prices, sizes, index, oldest):
        before, self.levels = self.levels, {}
        levels = self.levels
        for price, size in zip(prices, sizes):
            level = before.get(price)
            if level is None:
                levels[price] = (index, [index], [size])
                continue
            levels[price] = level
            _, indices, smallest = level
            while smallest and smallest[-1] >= size:
                smallest.pop()
                indices.pop()
            smallest.append(size)
            indices.append(index)
            while indices[0] < oldest:
                del indices[0], smallest[0]

    def sums(self, count, heads):
        """Price times smallest size in each window, summed over the first prices, where always shown."""
        sums = [0.0] * len(heads)
        for price, (since, indices, smallest) in islice(self.levels.items(), count):
            for window, head in enumerate(heads):
                if since > head:
                    break
                sums[window] += price * smallest[bisect_left(indices, head)]
        return sums

    def forget(self, count):
        self.levels = {
            price: (since - count, [index - count for index in indices], smallest)
            for price, (since, indices, smallest) in self.levels.items()
        }
