/// A figure with its interval; nil, written as null, where a part is undefined.
public struct Estimate: Hashable, Sendable {
  /// The figure on the data as it is.
  public let value: Double?
  /// The lower end of the interval.
  public let low: Double?
  /// The upper end of the interval.
  public let high: Double?

  /// An estimate of nothing.
  public static let undefined = Estimate(value: nil, low: nil, high: nil)

  /// Creates an estimate; numbers that are not finite become nil.
  public init(value: Double?, low: Double?, high: Double?) {
    func finite(_ number: Double?) -> Double? { number.flatMap { $0.isFinite ? $0 : nil } }
    self.value = finite(value)
    self.low = finite(low)
    self.high = finite(high)
  }
}

extension Estimate: Codable {
  private enum CodingKeys: String, CodingKey {
    case value
    case low
    case high
  }

  /// Writes all three keys, with null for what is undefined.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(value, forKey: .value)
    try container.encode(low, forKey: .low)
    try container.encode(high, forKey: .high)
  }
}
