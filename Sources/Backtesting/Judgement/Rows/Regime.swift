import Markets

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether a market moves as it used to before the judged time, or more.
///
/// The volatility of a snapshot is the exponentially weighted root mean square of the mid's returns per root of time up
/// to it, with a half-life of one day. Stress is a volatility above the 90 % quantile of the market's volatilities before
/// the first judged instant, so a regime is known when it is assigned.
enum Regime: String, CaseIterable, Sendable {
  case calm
  case stress

  static let halfLife = TimeSpan.days(1)
  static let stressQuantile = 0.9
}

extension ReplayedMarket {
  /// The regime of each judged point; calm where nothing came before to compare with.
  func judgedRegimes() -> [Regime] {
    let variances = weightedVariances()
    let before = variances.prefix(judgedStart).compactMap(\.self).sorted()
    guard !before.isEmpty else { return judged.map { _ in .calm } }
    let rank = Int((Regime.stressQuantile * Double(before.count)).rounded(.up))
    let limit = before[min(max(rank, 1), before.count) - 1]
    return judged.map { variances[$0].map { $0 > limit } == true ? .stress : .calm }
  }

  /// For each point the weighted mean of squared returns per second up to it; nil before the first return.
  private func weightedVariances() -> [Double?] {
    var sum = 0.0
    var weight = 0.0
    var previous: ReplayPoint?
    return points.map { point in
      defer { previous = point }
      if let previous, previous.time < point.time {
        let seconds = (point.time - previous.time).seconds
        let change = point.mid / previous.mid - 1
        let decay = exp2(-seconds / Regime.halfLife.seconds)
        if change.isFinite {
          sum = decay * sum + (1 - decay) * change * change / seconds
          weight = decay * weight + (1 - decay)
        }
      }
      return weight > 0 ? sum / weight : nil
    }
  }
}
