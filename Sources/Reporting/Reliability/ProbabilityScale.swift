internal import Learning

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A scale of probabilities that gives rare and near-certain events as much room as even ones: their log-odds.
struct ProbabilityScale {
  private static let marks = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999]

  /// The round probabilities on the scale, rising; the first and the last are its ends.
  let ticks: [Double]

  /// The narrowest scale that holds the probabilities between one in a million and its like below one.
  init(holding probabilities: [Double]) {
    let inside = probabilities.filter { $0 > 0 && $0 < 1 }
    let first = Self.marks.lastIndex { $0 <= inside.min() ?? 0.01 } ?? 0
    let last = Self.marks.firstIndex { $0 >= inside.max() ?? 0.5 } ?? Self.marks.count - 1
    ticks = first < last ? Array(Self.marks[first...last]) : Array(Self.marks[max(0, first - 1)...max(1, last)])
  }

  /// Where a probability stands: 0 at the lower end or below, 1 at the upper end or above; NaN stays NaN.
  func share(_ probability: Double) -> Double {
    guard let low = ticks.first, let high = ticks.last else { return 0 }
    if probability.isNaN { return .nan }
    let inside = min(max(probability, low), high)
    return (logit(inside) - logit(low)) / (logit(high) - logit(low))
  }

  /// Whether a probability lies on the scale and not beyond an end.
  func holds(_ probability: Double) -> Bool {
    guard let low = ticks.first, let high = ticks.last else { return false }
    return probability >= low && probability <= high
  }

  /// A round probability with as few digits as it has.
  static func label(_ tick: Double) -> String {
    let percent = tick * 100
    let places = (0...4).first { abs(rounded(percent, $0) - percent) < 1e-9 } ?? 4
    return Figures.percent(tick, places)
  }

  private static func rounded(_ value: Double, _ places: Int) -> Double {
    let scale = pow(10, Double(places))
    return (value * scale).rounded() / scale
  }
}
