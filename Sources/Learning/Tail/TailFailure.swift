/// Why no tail could be fitted.
public enum TailFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Too few values lie above the threshold.
  case insufficientEvidence(found: Int, needed: Int)
  /// This value is NaN or infinite.
  case valueNotFinite(row: Int)
  /// All excesses are the same, so that they have no shape.
  case constantExcesses
  /// The likelihood has no maximum inside the range of shapes that is searched.
  case notConverged
  /// The upper end of the interval of the shape ξ reaches 1: the mean of the tail may be infinite.
  case meanMayBeInfinite(shape: Double, upper: Double)

  /// The failure in words.
  public var description: String {
    switch self {
    case .insufficientEvidence(let found, let needed):
      "the tail has \(found) values above its threshold and needs \(needed)"
    case .valueNotFinite(let row): "the value of row \(row) is not a finite number"
    case .constantExcesses: "all values above the threshold are the same"
    case .notConverged: "the likelihood of the tail has no maximum with a shape within \(GeneralizedPareto.shapes)"
    case .meanMayBeInfinite(let shape, let upper):
      "the shape of the tail is \(shape), up to \(upper): at 1 its mean is infinite"
    }
  }
}
