extension [Double] {
  /// The quantile of values sorted in rising order, linear between order statistics; nil without values.
  ///
  /// `share` is clamped to 0 to 1. Source: R. J. Hyndman and Y. Fan, definition 7, doi:10.2307/2684934.
  func quantile(_ share: Double) -> Double? {
    guard let largest = last else { return nil }
    let position = Swift.min(Swift.max(share, 0), 1) * Double(count - 1)
    let below = Swift.min(count - 1, Int(position))
    let above = below + 1 < count ? self[below + 1] : largest
    return self[below] + (position - Double(below)) * (above - self[below])
  }
}
