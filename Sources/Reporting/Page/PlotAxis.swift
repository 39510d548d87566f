internal import Markets

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A scale from figures to places, with its marks.
struct PlotAxis {
  /// How figures are spread.
  enum Spread {
    case even, logarithmic
  }

  /// A figure with what stands at it.
  struct Mark {
    let value: Double
    let label: String
  }

  private let low: Double
  private let high: Double
  private let spread: Spread
  private(set) var marks: [Mark]

  /// The share of the axis at which a figure stands, from 0 to 1; NaN for what the scale does not hold.
  func share(_ value: Double) -> Double {
    guard value.isFinite else { return .nan }
    switch spread {
    case .even: return high > low ? min(1, max(0, (value - low) / (high - low))) : 0.5
    case .logarithmic:
      guard value > 0 else { return .nan }
      return high > low ? min(1, max(0, (log(value) - log(low)) / (log(high) - log(low)))) : 0.5
    }
  }

  /// The axis without the words at its marks.
  var unlabelled: PlotAxis {
    var axis = self
    axis.marks = marks.map { Mark(value: $0.value, label: "") }
    return axis
  }

  /// An evenly spread axis from `low` to `high` with about five marks.
  static func even(low: Double, high: Double, label: (Double, Int) -> String) -> PlotAxis {
    let top = high > low ? high : low + max(1e-9, abs(low) * 0.01)
    guard (top - low).isFinite else { return PlotAxis(low: 0, high: 1, spread: .even, marks: []) }
    let step = roundStep((top - low) / 5)
    let places = max(0, Int(max(-12, min(12, -log10(step) + 0.999).rounded(.down))))
    let first = (low / step - 1e-9).rounded(.up) * step
    let marks = (0..<12).map { first + Double($0) * step }.filter { $0 <= top + step * 1e-6 }
    return PlotAxis(
      low: low, high: top, spread: .even, marks: marks.map { Mark(value: $0, label: label($0, places)) })
  }

  /// A logarithmic axis that holds the figures above zero, with marks at 1, 2 and 5 or at powers of ten.
  static func logarithmic(holding values: [Double], label: (Double) -> String) -> PlotAxis {
    let values = values.filter { $0 > 0 && $0.isFinite }
    let least = values.min() ?? 1
    let most = values.max() ?? 10
    let low = least / 1.15
    let high = most * 1.15
    let decades = log10(high) - log10(low)
    let factors: [Double] = decades > 3 ? [1] : decades > 1.2 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7]
    let stride = max(1, Int((min(600, decades) / 8).rounded(.up)))
    let first = Int(max(-320, min(308, log10(low).rounded(.down))))
    let last = Int(max(-320, min(308, log10(high).rounded(.up))))
    let candidates = Swift.stride(from: first, through: last, by: stride).flatMap { power in
      factors.map { $0 * pow(10, Double(power)) }
    }
    let marks = candidates.filter { $0 >= low && $0 <= high }.map { Mark(value: $0, label: label($0)) }
    return PlotAxis(low: low, high: high, spread: .logarithmic, marks: marks)
  }

  /// An axis of time in seconds since the epoch, marked at whole hours or days, at most ten times.
  static func time(from start: Timestamp, to end: Timestamp) -> PlotAxis {
    let low = seconds(start)
    let high = max(seconds(end), low + 1)
    let hours: [Double] = [1, 2, 3, 6, 12, 24, 48, 120, 240, 480, 960, 2_400, 4_800, 24_000, 240_000, 2_400_000]
    let step = (hours.first { high - low <= $0 * 3_600 * 9 } ?? 2_400_000) * 3_600
    let first = (low / step).rounded(.up) * step
    let marks = (0..<10).map { first + Double($0) * step }.filter { $0 <= high }.compactMap { value in
      Int64(exactly: value).flatMap { Timestamp(seconds: $0) }.map { instant in
        let text = instant.description
        let label =
          step >= 86_400 ? String(text.prefix(10)) : "\(text.dropFirst(5).prefix(5)) \(text.dropFirst(11).prefix(5))"
        return Mark(value: value, label: label)
      }
    }
    return PlotAxis(low: low, high: high, spread: .even, marks: marks)
  }

  /// An instant as a figure on an axis of time.
  static func seconds(_ instant: Timestamp) -> Double { Double(instant.nanoseconds) / 1e9 }

  private static func roundStep(_ rough: Double) -> Double {
    guard rough > 1e-300, rough.isFinite else { return 1 }
    let power = pow(10, log10(rough).rounded(.down))
    let factor = [1, 2, 5, 10].first { $0 * power >= rough } ?? 10
    return factor * power
  }
}
