internal import Validation

/// Figures of the page in words.
enum PageWords {
  /// A share with its interval.
  static func percent(_ estimate: Estimate, _ places: Int = 2) -> String {
    guard estimate.value != nil else { return Figures.absent }
    return Figures.percent(estimate.value, places) + interval(estimate, 100, places)
  }

  /// A fraction of notional in basis points with its interval.
  static func basisPoints(_ estimate: Estimate, _ places: Int = 1) -> String {
    guard estimate.value != nil else { return Figures.absent }
    return basisPoints(estimate.value, places) + interval(estimate, 10_000, places)
  }

  /// A fraction of notional in basis points.
  static func basisPoints(_ fraction: Double?, _ places: Int = 1) -> String {
    Figures.decimal(fraction.map { $0 * 10_000 }, places)
  }

  /// An amount in USD with its interval.
  static func amount(_ estimate: Estimate) -> String {
    guard estimate.value != nil else { return Figures.absent }
    let amount = Figures.amount(estimate.value)
    guard let low = estimate.low, let high = estimate.high else { return amount }
    return "\(amount) [\(Figures.amount(low)), \(Figures.amount(high))]"
  }

  /// A figure with its interval.
  static func decimal(_ estimate: Estimate, _ places: Int) -> String {
    Figures.decimal(estimate.value, places) + (estimate.value == nil ? "" : interval(estimate, 1, places))
  }

  /// What was saved, as less or more.
  static func saved(_ estimate: Estimate) -> String {
    guard let value = estimate.value else { return "the saving is undefined" }
    let words = Figures.percent(abs(value), 1) + (value < 0 ? " more" : " less")
    guard let low = estimate.low, let high = estimate.high else { return words + ", without an interval" }
    let doubt = low <= 0 && high >= 0 ? "; the interval holds no difference" : ""
    return """
      \(words) (saved \(Figures.signed(value * 100, 1)) %, 95 % interval \(Figures.signed(low * 100, 1)) to \
      \(Figures.signed(high * 100, 1))\(doubt))
      """
  }

  /// A p-value.
  static func probability(_ value: Double?) -> String {
    guard let value, value.isFinite else { return Figures.absent }
    return value < 0.0005 ? "< 0.001" : Figures.decimal(value, 3)
  }

  private static func interval(_ estimate: Estimate, _ scale: Double, _ places: Int) -> String {
    guard let low = estimate.low, let high = estimate.high else { return "" }
    return " [\(Figures.decimal(low * scale, places)), \(Figures.decimal(high * scale, places))]"
  }
}
