import Markets

/// Whether a market moves as it used to before the judged time, or more.
///
/// The volatility of a snapshot is that of `VolatilityScale`, with a half-life of one day. Stress is a volatility above
/// the 90 % quantile of the market's volatilities before the first judged instant, so a regime is known when it is
/// assigned.
enum Regime: String, CaseIterable, Sendable {
  case calm
  case stress

  static let halfLife = TimeSpan.days(1)
  static let stressQuantile = 0.9
}

extension ReplayedMarket {
  /// The regime of each judged point; calm where nothing came before to compare with.
  func judgedRegimes() -> [Regime] {
    let scales = VolatilityScale.values(of: points, halfLife: Regime.halfLife, horizon: Regime.halfLife)
    guard let limit = SortedSample(Array(scales.prefix(judgedStart))).quantile(Regime.stressQuantile) else {
      return judged.map { _ in .calm }
    }
    return judged.map { scales[$0] > limit ? .stress : .calm }
  }
}
