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

  /// An amount in quote currency without decimals, such as `250,000`; with its digits as they are from 10¹⁵ on.
  static func amount(_ amount: Double) -> String {
    guard amount.magnitude < 1e15 else { return "\(amount)" }
    var rest = Int64(amount.magnitude.rounded())
    var groups: [String] = []
    while rest >= 1_000 {
      let group = String(rest % 1_000)
      groups.append(String(repeating: "0", count: 3 - group.count) + group)
      rest /= 1_000
    }
    let text = ([String(rest)] + groups.reversed()).joined(separator: ",")
    return amount <= -0.5 ? "−\(text)" : text
  }

  /// A length of time in its two largest units, such as `1h 21m` or `9m 22s`, rounded down; milliseconds below a second.
  static func span(_ span: TimeSpan) -> String {
    let seconds = Int64(span.seconds)
    if seconds == 0 { return "\(span.nanoseconds / 1_000_000)ms" }
    let units: [(String, Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]
    let first = units.firstIndex { seconds >= $0.1 } ?? units.count - 1
    var rest = seconds
    var parts: [String] = []
    for (name, length) in units[first...].prefix(2) {
      if rest / length > 0 { parts.append("\(rest / length)\(name)") }
      rest %= length
    }
    return parts.joined(separator: " ")
  }

  private static func fixed(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard hundredths.magnitude < 9e15 else { return "\(value)" }
    let count = Int(hundredths.magnitude)
    let decimals = count % 100
    return "\(hundredths < 0 ? "−" : "")\(count / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }
}
