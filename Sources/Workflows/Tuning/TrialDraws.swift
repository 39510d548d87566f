package import Boosting
package import Configuration
internal import Sampling

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension SearchSpace {
  /// The settings of a trial: the starting point for 1, for any other a draw that follows from seed and number alone.
  package func settings(ofTrial number: Int, from start: BoostingConfiguration) -> BoostingConfiguration {
    var settings = start
    if number == 1 { return settings }
    var generator = SeededGenerator(seed: seed, stream: UInt64(number))
    for dimension in dimensions {
      dimension.setting.set(dimension.domain.value(at: generator.uniform()), in: &settings)
    }
    return settings
  }
}

extension SearchSpace.Domain {
  /// The value at a share, 0 to below 1, of the way through; numbers that are not whole have three significant digits.
  package func value(at share: Double) -> SettingValue {
    switch self {
    case .choices(let values):
      values[min(Int(share * Double(values.count)), values.count - 1)]
    case .whole(let range, let scale):
      // Each number stands for the span up to the next one.
      .whole(
        Self.clamped(
          Self.position(share, from: Double(range.lowerBound), to: Double(range.upperBound) + 1, scale), range)
      )
    case .real(let range, let scale):
      .real(
        min(
          max(
            Self.rounded(Self.position(share, from: range.lowerBound, to: range.upperBound, scale)), range.lowerBound),
          range.upperBound))
    }
  }

  private static func position(_ share: Double, from: Double, to: Double, _ scale: SearchSpace.Scale) -> Double {
    switch scale {
    case .linear: from + share * (to - from)
    case .log: exp(log(from) + share * (log(to) - log(from)))
    }
  }

  private static func clamped(_ position: Double, _ range: ClosedRange<Int>) -> Int {
    // A logarithm there and back can miss a whole number by a rounding error.
    let whole = Int((position + 1e-9).rounded(.down))
    return min(max(whole, range.lowerBound), range.upperBound)
  }

  private static func rounded(_ value: Double) -> Double {
    guard value != 0 else { return 0 }
    let places = 2 - Int(log10(abs(value)).rounded(.down))
    let scale = pow(10, Double(abs(places)))
    return places >= 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
  }
}

/// The trials of a search in their order, draws that repeat an earlier one left out.
package struct TrialSequence {
  /// After so many draws in a row that repeat earlier ones, a space counts as exhausted.
  private static let patience = 1_000

  private let space: SearchSpace
  private let start: BoostingConfiguration
  private var tried: Set<BoostingConfiguration> = []
  private var number = 0

  /// Creates the sequence of a space from its starting point.
  package init(_ space: SearchSpace, from start: BoostingConfiguration) {
    self.space = space
    self.start = start
  }

  /// The next trial; nil when nothing is left to try.
  package mutating func next() -> (number: Int, settings: BoostingConfiguration)? {
    for candidate in number + 1...number + Self.patience {
      let settings = space.settings(ofTrial: candidate, from: start)
      guard tried.insert(settings).inserted else { continue }
      number = candidate
      return (candidate, settings)
    }
    return nil
  }
}
