#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A rate as hundredths of a percent; a fraction of 0.01 is 100 basis points.
///
/// Basis points exist at the rim of the program only: in configuration, names and printed tables.
public struct BasisPoints: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// The number of basis points.
  public let value: Double

  /// Creates a rate from a number of basis points.
  public init(_ value: Double) {
    self.value = value
  }

  /// Creates a rate from text such as `100bp`, or nil for other text and for values that are not finite.
  public init?(_ text: some StringProtocol) {
    guard text.hasSuffix("bp"), let value = Double(text.dropLast(2)), value.isFinite else { return nil }
    self.value = value
  }

  /// The rate as a fraction.
  @inlinable
  public var fraction: Double { value / 10_000 }

  /// Whether the left rate is smaller.
  public static func < (left: BasisPoints, right: BasisPoints) -> Bool { left.value < right.value }

  /// The rate with its unit, such as `100bp`; whole numbers carry no decimals.
  public var description: String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))bp" : "\(value)bp"
  }

  /// Reads a rate from a number of basis points.
  public init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(Double.self)
  }

  /// Writes the rate as a number of basis points.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

/// A probability: a number from 0 to 1.
public struct Probability: Hashable, Comparable, Sendable {
  /// The probability, from 0 to 1.
  public let value: Double

  /// One in a hundred, the usual target of a margin.
  public static let onePercent = Probability(unchecked: 0.01)

  /// No chance.
  public static let never = Probability(unchecked: 0)

  private init(unchecked value: Double) {
    self.value = value
  }

  /// Creates a probability, or nil when `value` is not a number from 0 to 1.
  public init?(_ value: Double) {
    guard value >= 0, value <= 1 else { return nil }
    self.value = value
  }

  /// The probability with the given log-odds, `1 / (1 + exp(−z))`; nil only for NaN.
  public init?(logOdds z: Double) {
    let decay = exp(-abs(z))
    self.init(z >= 0 ? 1 / (1 + decay) : decay / (1 + decay))
  }

  /// Whether the left probability is smaller.
  public static func < (left: Probability, right: Probability) -> Bool { left.value < right.value }
}

/// A margin requirement as a fraction of notional, exact in parts per million and rounded up.
///
/// What is accounted is an integer: two systems that apply the same schedule agree to the last unit, and rounding
/// never asks for less margin than the formula.
public struct MarginFraction: Hashable, Comparable, Sendable {
  /// Parts per million of notional, 0 to 1,000,000.
  public let partsPerMillion: Int

  /// A requirement of nothing.
  public static let zero = MarginFraction(uncheckedPartsPerMillion: 0)
  /// A requirement of the whole notional.
  public static let full = MarginFraction(uncheckedPartsPerMillion: 1_000_000)

  private init(uncheckedPartsPerMillion partsPerMillion: Int) {
    self.partsPerMillion = partsPerMillion
  }

  /// Creates a requirement, or nil outside 0 to 1,000,000 parts per million.
  public init?(partsPerMillion: Int) {
    guard (0...1_000_000).contains(partsPerMillion) else { return nil }
    self.partsPerMillion = partsPerMillion
  }

  /// Creates a requirement from a fraction of notional, rounded up to the next part per million, or nil outside 0 to 1.
  ///
  /// A fraction within 1e-9 parts per million of a whole number counts as that number, so that 0.02 is 20,000.
  public init?(roundingUp fraction: Double) {
    guard fraction >= 0, fraction <= 1 else { return nil }
    let parts = fraction * 1e6
    let nearest = parts.rounded()
    self.partsPerMillion = Int(abs(parts - nearest) <= 1e-9 * max(1, nearest) ? nearest : parts.rounded(.up))
  }

  /// The requirement as a fraction of notional.
  public var fraction: Double { Double(partsPerMillion) / 1e6 }

  /// Whether the left requirement is smaller.
  public static func < (left: MarginFraction, right: MarginFraction) -> Bool {
    left.partsPerMillion < right.partsPerMillion
  }
}
