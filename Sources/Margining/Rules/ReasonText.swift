import Markets

/// Numbers as the reasons of adjustments print them: two decimals, rounded half away from zero.
enum ReasonText {
  /// A probability, such as `82.18 %`.
  static func percent(_ probability: Probability) -> String { percent(probability.value) }

  /// A margin as a share of notional, such as `0.50 %`.
  static func percent(_ margin: MarginFraction) -> String { percent(margin.fraction) }

  /// A share, such as `5.00 %`.
  static func percent(_ share: Double) -> String { fixed(share * 100) + " %" }

  /// A multiple, such as `1.90 ×`.
  static func multiple(_ factor: Double) -> String { fixed(factor) + " ×" }

  private static func fixed(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard hundredths.magnitude < 9e15 else { return "\(value)" }
    let count = Int(hundredths.magnitude)
    let decimals = count % 100
    return "\(hundredths < 0 ? "−" : "")\(count / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }
}
