#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The value of every feature that is not defined.
let undefined = Double.nan

/// `ln(1 + x)` of an amount of at least zero in quote currency.
func logAmount(_ amount: Double) -> Double { log(1 + amount) }

/// `sgn(x) ln(1 + |x|)` of a fraction expressed in basis points: close to linear near zero, logarithmic far from it.
func logBasisPoints(_ fraction: Double) -> Double {
  let magnitude = log1p(abs(fraction) * 10_000)
  return fraction < 0 ? -magnitude : magnitude
}

/// The volatility, as `ln(1 + bp per √hour)`, of a price whose squared log returns sum to `variance` in `seconds`.
///
/// NaN when no time has passed.
func logVolatility(variance: Double, seconds: Double) -> Double {
  seconds > 0 ? logBasisPoints((variance * (3_600 / seconds)).squareRoot()) : undefined
}

/// The factor by which a weight of the given half-life decays in `seconds`.
func decay(over seconds: Double, halfLife: Double) -> Double {
  seconds > 0 ? exp2(-seconds / halfLife) : 1
}

/// Natural logarithm.
func naturalLog(_ x: Double) -> Double { log(x) }

/// `ln(1 + x)` for x above −1.
func naturalLogOfOnePlus(_ x: Double) -> Double { log1p(x) }

/// Sine and cosine of a number of turns.
func sineAndCosine(ofTurns turns: Double) -> (sine: Double, cosine: Double) {
  let angle = 2 * Double.pi * turns
  return (sin(angle), cos(angle))
}
