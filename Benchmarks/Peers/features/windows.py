"""Windows (t − W, t] over a stream, several lengths at once.

A component keeps a list with an entry for each moment of its windows. Index `head` is the first moment in a window, index
-1 the newest. Once in a while the moments that no window needs are forgotten, in the lists and here.
"""

from bisect import bisect_left, insort
from operator import add

FORGET_AFTER = 1 << 15


class Windows:
    def __init__(self, lengths):
        self.lengths = lengths
        self.times = []
        self.heads = [0] * len(lengths)
        self.now = None

    def advance(self, time):
        if time == self.now:
            return
        self.now = time
        times, heads = self.times, self.heads
        end = len(times)
        for window, length in enumerate(self.lengths):
            start = time - length
            head = heads[window]
            while head < end and times[head] <= start:
                head += 1
            heads[window] = head

    def append(self, time):
        self.advance(time)
        self.times.append(time)

    def forgettable(self):
        """The number of first moments to forget now; mostly none."""
        return self.heads[-1] if self.heads[-1] > FORGET_AFTER else 0

    def forget(self, count):
        del self.times[:count]
        self.heads = [head - count for head in self.heads]

    def seconds(self):
        """From the first to the last moment in each window."""
        last = self.times[-1]
        return [(last - self.times[head]) * 1e-9 for head in self.heads]


class WindowedTotals:
    """Windows of their own with running totals of tuples of numbers."""

    def __init__(self, lengths, width):
        self.windows = Windows(lengths)
        # The totals before each moment, and at the end those of all.
        self.totals = [(0.0,) * width]

    def append(self, time, values):
        self.windows.append(time)
        self.totals.append(tuple(map(add, self.totals[-1], values)))
        if count := self.windows.forgettable():
            self.windows.forget(count)
            del self.totals[:count]

    def spans(self, time):
        """The number of moments in each window as of a time, with the totals at its beginning and its end."""
        self.windows.advance(time)
        totals, end = self.totals, len(self.totals) - 1
        last = totals[end]
        return [(end - head, totals[head], last) for head in self.windows.heads]


class SortedWindow:
    """The values in a window in ascending order."""

    def __init__(self):
        self.values = []

    def insert(self, value):
        insort(self.values, value)

    def remove(self, value):
        del self.values[bisect_left(self.values, value)]

    def quantile(self, level):
        """Interpolated linearly between neighbours."""
        values = self.values
        position = level * (len(values) - 1)
        rank = int(position)
        lower = values[rank]
        return lower + (position - rank) * (values[rank + 1] - lower) if rank + 1 < len(values) else lower


class RollingMaximum:
    """The values that no later one reaches, oldest and so largest first, with their indices."""

    def __init__(self):
        self.indices = []
        self.values = []

    def append(self, index, value, oldest):
        indices, values = self.indices, self.values
        while values and values[-1] <= value:
            values.pop()
            indices.pop()
        values.append(value)
        indices.append(index)
        while indices[0] < oldest:
            del indices[0], values[0]

    def since(self, head):
        return self.values[bisect_left(self.indices, head)]

    def forget(self, count):
        self.indices = [index - count for index in self.indices]
