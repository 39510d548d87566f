#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The score that a quantile and an expected shortfall earn together: smaller is better, and the truth is best on average.
///
/// For a miss rate p, a quantile v, an expected shortfall e and a loss l it is
/// `max(0, l − v) / (p e) + v / e + ln e − 1`: of the family of T. Fissler and J. F. Ziegel, doi:10.1214/16-AOS1439, the
/// member whose differences do not depend on the unit, as A. J. Patton, J. F. Ziegel and R. Chen write it,
/// doi:10.1016/j.jeconom.2018.10.008, with gains turned into losses. On average the truth scores ln e.
public enum FisslerZiegelScore {
  /// The score of one forecast; undefined for a miss rate outside 0 to 1, ends excluded.
  public static func value(_ forecast: TailForecast, missRate: Double) -> Double {
    guard isProperRate(missRate) else { return .nan }
    let excess = max(0, forecast.loss - forecast.quantile)
    return (excess / missRate + forecast.quantile) / forecast.expectedShortfall + log(forecast.expectedShortfall) - 1
  }
}
