"""The calendar, and what the record itself says."""

from math import cos, log1p, nan, pi, sin

from .settings import GAP, SECOND

NAMES = (
    *("day_sine", "day_cosine", "week_sine", "week_cosine"),
    *("time_since_update", "gap", "stale", "stale_run", "locked", "crossed"),
)

DAY = 86_400 * SECOND
WEEK = 7 * DAY
# The epoch began on a Thursday.
MONDAY = 4 * DAY


class Context:
    def __init__(self):
        self.previous = None
        self.stale_run = 0
        self.silence = (nan, nan, nan, nan)

    def observe(self, book):
        """Takes in a book, whether or not it has a mid."""
        previous, self.previous = self.previous, book
        if previous is None:
            return
        is_stale = book.bids == previous.bids and book.asks == previous.asks
        self.stale_run = self.stale_run + 1 if is_stale else 0
        elapsed = book.time - previous.time
        self.silence = (
            log1p(elapsed / 60e9),
            1.0 if elapsed > GAP else 0.0,
            1.0 if is_stale else 0.0,
            log1p(self.stale_run),
        )

    def values(self):
        book = self.previous
        day = 2 * pi * (book.time % DAY / DAY)
        week = 2 * pi * ((book.time - MONDAY) % WEEK / WEEK)
        bid, ask = book.bids[0][0], book.asks[0][0]
        return (
            *(sin(day), cos(day), sin(week), cos(week)),
            *self.silence,
            *(1.0 if bid == ask else 0.0, 1.0 if bid > ask else 0.0),
        )
