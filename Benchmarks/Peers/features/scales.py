"""The scales on which features are told."""

from math import exp2, log1p, nan, sqrt


def basis_points(fraction):
    """sgn(x) ln(1 + |x| bp)"""
    return -log1p(fraction * -1e4) if fraction < 0 else log1p(fraction * 1e4)


def volatility(variance, seconds):
    """ln(1 + bp per √hour); undefined where no time has passed."""
    return log1p(1e4 * sqrt(variance * (3_600 / seconds))) if seconds > 0 else nan


def decay(seconds, half_life):
    return exp2(-seconds / half_life) if seconds > 0 else 1.0


def mean(values):
    """The mean of the values that are defined."""
    defined = [value for value in values if value == value]
    return sum(defined) / len(defined) if defined else nan
