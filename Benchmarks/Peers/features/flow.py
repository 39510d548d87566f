"""Orders that arrived and left between books."""

from bisect import bisect_right
from itertools import repeat
from math import log, nan
from operator import sub

from .settings import BANDS, MAIN_BAND, MAIN_NAME, WINDOW_NAMES

FIGURES = ("best_flow_imbalance", f"flow_imbalance_{MAIN_NAME}", f"removal_share_{MAIN_NAME}", f"replenishment_{MAIN_NAME}")

NAMES = tuple(f"{figure}_{window}" for window in WINDOW_NAMES for figure in FIGURES)


MAIN = BANDS[MAIN_BAND]


def turnover(old, new):
    """Notional added, removed and there before at the prices within the main band that both halves could show."""
    end = min(new.limit(MAIN), old.keys[-1], new.keys[-1])
    old_count, new_count = bisect_right(old.keys, end), bisect_right(new.keys, end)
    prices, old_prices = new.prices[:new_count], old.prices[:old_count]
    notionals = dict(zip(old_prices, old.notionals))
    changes = list(map(sub, new.notionals, map(notionals.get, prices, repeat(0.0))))
    added = sum([change for change in changes if change > 0])
    removed = -sum([change for change in changes if change < 0])
    if gone := notionals.keys() - prices:
        removed += sum([notionals[price] for price in gone])
    return added, removed, old.cumulative[old_count]


def best_contribution(old, new):
    """One side's term of the order-flow imbalance of Cont, Kukanov and Stoikov, valued at its prices."""
    before, after = old.keys[0], new.keys[0]
    return (new.notionals[0] if after <= before else 0.0) - (old.notionals[0] if after >= before else 0.0)


class OrderFlow:
    """The totals of all steps up to each moment of the market's windows."""

    def __init__(self, windows):
        self.windows = windows
        self.totals = []

    def append(self, old, new):
        """Takes in the step from one book to the next, each a pair of halves; there is no book before the first."""
        if old is None:
            self.totals.append((0.0,) * 8)
            return
        (old_bids, old_asks), (bids, asks) = old, new
        bid, ask = best_contribution(old_bids, bids), best_contribution(old_asks, asks)
        bid_added, bid_removed, bid_before = turnover(old_bids, bids)
        ask_added, ask_removed, ask_before = turnover(old_asks, asks)
        net, gross, bid_gains, bid_losses, bid_depth, ask_gains, ask_losses, ask_depth = self.totals[-1]
        self.totals.append(
            (
                net + bid - ask,
                gross + abs(bid) + abs(ask),
                bid_gains + bid_added,
                bid_losses + bid_removed,
                bid_depth + bid_before,
                ask_gains + ask_added,
                ask_losses + ask_removed,
                ask_depth + ask_before,
            )
        )

    def write(self, sell, buy):
        last = self.totals[-1]
        end = len(self.totals) - 1
        for head in self.windows.heads:
            if head == end:
                sell += (nan,) * 4
                buy += (nan,) * 4
                continue
            net, gross, bid_added, bid_removed, bid_before, ask_added, ask_removed, ask_before = map(
                sub, last, self.totals[head]
            )
            best = net / gross if gross > 0 else nan
            turned = bid_added + bid_removed + ask_added + ask_removed
            flow = ((bid_added - bid_removed) - (ask_added - ask_removed)) / turned if turned > 0 else nan
            sell += (best, flow, removal_share(bid_added, bid_removed, bid_before))
            sell.append(log(1 + bid_added) - log(1 + bid_removed))
            buy += (-best, -flow, removal_share(ask_added, ask_removed, ask_before))
            buy.append(log(1 + ask_added) - log(1 + ask_removed))

    def forget(self, count):
        del self.totals[:count]


def removal_share(added, removed, before):
    available = before + added
    return removed / available if available > 0 else nan
