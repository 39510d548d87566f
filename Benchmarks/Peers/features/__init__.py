"""Every feature of the catalogue in Python, as a careful engineer would write it for a stream: the product's peer.

Sums over windows are differences of running totals, rolling quantiles come from sorted lists, rolling extremes from
queues; numpy only takes eigenvalues, because for one book of 20 levels plain Python is faster. The definitions are those
that `shortfall features --describe` prints, and `check_features.py` compares every value with the program's own.
"""
