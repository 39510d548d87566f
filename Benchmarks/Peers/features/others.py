"""What has arrived from every market, and how the others stand and move."""

from math import inf, nan

from .scales import basis_points, mean
from .settings import FRESHNESS, LONGEST_WINDOW, MAIN_NAME, THIN_NAMES, WINDOW_NAMES

NAMES = (
    f"others_depth_to_median_{MAIN_NAME}",
    f"others_weakest_depth_to_median_{MAIN_NAME}",
    f"low_depth_market_share_{MAIN_NAME}",
    *(f"system_thin_share_{thin}_{MAIN_NAME}_{window}" for window in WINDOW_NAMES for thin in THIN_NAMES),
    *(f"others_{figure}_{window}" for window in WINDOW_NAMES for figure in ("volatility", "adverse_return")),
    "others_lead_return",
)


class Record:
    """A market's last two readings with all markets' readings as of the same times."""

    __slots__ = ("last", "others_at_last", "before", "others_at_before")

    def __init__(self, markets):
        self.last = self.before = None
        self.others_at_last, self.others_at_before = [None] * markets, [None] * markets


class Arrival:
    """A market's newest book among the others'; `step` is its return since the book before, nan without one."""

    __slots__ = ("time", "market", "reading", "last", "others_at_last", "before", "others_at_before", "oldest", "step")

    def __init__(self, time, market, reading, record):
        self.time, self.market, self.reading = time, market, reading
        self.oldest = time - LONGEST_WINDOW
        self.last, self.before = self.kept(record.last), self.kept(record.before)
        self.others_at_last, self.others_at_before = record.others_at_last, record.others_at_before
        self.step = nan if reading is None or self.last is None else reading.log_mid - self.last.log_mid

    def kept(self, reading):
        return reading if reading is not None and reading.time > self.oldest else None

    def known_at_last(self, market):
        known = self.others_at_last
        return self.kept(known[market]) if market < len(known) else None

    def known_at_before(self, market):
        known = self.others_at_before
        return self.kept(known[market]) if market < len(known) else None

    def news(self, market, reading):
        """The return of another market, whose newest reading is given, since this market's last reading."""
        then = self.known_at_last(market)
        return nan if then is None else reading.log_mid - then.log_mid


class Arrivals:
    """Markets are numbered as they appear."""

    def __init__(self):
        self.numbers = {}
        self.latest = []
        self.records = []

    def observe(self, name, time, reading):
        market = self.numbers.get(name)
        if market is None:
            market = self.register(name)
        record = self.records[market]
        arrival = Arrival(time, market, reading, record)
        if reading is None:
            return arrival
        self.latest[market] = reading
        record.before, record.others_at_before = record.last, record.others_at_last
        record.last, record.others_at_last = reading, self.latest.copy()
        for other, record in enumerate(self.records):
            if other == market:
                continue
            # Others' past includes what comes later at the same time, and a market's first reading.
            is_simultaneous = record.last is not None and record.last.time == time
            if is_simultaneous or arrival.kept(record.others_at_last[market]) is None:
                record.others_at_last[market] = reading
        return arrival

    def register(self, name):
        market = self.numbers[name] = len(self.numbers)
        self.latest.append(None)
        for record in self.records:
            record.others_at_last.append(None)
            record.others_at_before.append(None)
        self.records.append(Record(market + 1))
        return market

    def fresh(self, time, age):
        """The markets that have been heard of lately, with their readings."""
        return [
            (market, reading)
            for market, reading in enumerate(self.latest)
            if reading is not None and time - reading.time <= age
        ]


def write(arrival, arrivals, sell, buy):
    fresh = arrivals.fresh(arrival.time, FRESHNESS)
    readings = [reading for _, reading in fresh]
    others = [(market, reading) for market, reading in fresh if market != arrival.market]
    for side, row in enumerate((sell, buy)):
        distances = [reading.to_medians[side] for _, reading in others]
        low = sum([reading.scores[side] < -2 for reading in readings])
        row += (mean(distances), min(distances, default=nan), low / len(readings) if readings else nan)

    common = [sum(shares) / (2 * len(readings)) for shares in zip(*[reading.thin_shares for reading in readings])]
    sell += common
    buy += common
    for window in range(len(WINDOW_NAMES)):
        volatility = mean([reading.windows[window][0] for _, reading in others])
        adverse = basis_points(-mean([reading.windows[window][1] for _, reading in others]))
        sell += (volatility, adverse)
        buy += (volatility, -adverse)
    lead = basis_points(-mean([arrival.news(market, reading) for market, reading in others]))
    sell.append(lead)
    buy.append(-lead)
