public import Markets

/// A book whose depth within a band around the mid is spread evenly, and goes on like that beyond it.
///
/// Executing a volume moves the price by `volume / depth · band`. A real book is thinner near the mid than further out, so
/// the move of small volumes is understated and that of large ones overstated.
public struct LinearBook: Hashable, Sendable {
  /// The depth within the band, in quote currency; at least zero.
  public let depth: Double
  /// The band; above zero.
  public let band: BasisPoints

  /// Creates a book, or nil unless the depth is finite and not negative and the band finite and above zero.
  public init?(depth: Double, within band: BasisPoints) {
    guard depth >= 0, depth.isFinite, band.value > 0, band.value.isFinite else { return nil }
    self.depth = depth
    self.band = band
  }

  /// The move of the price, as a fraction of it, that executing a volume in quote currency causes; at most the whole price.
  public func impact(ofVolume volume: Double) -> Double {
    volume > 0 ? min(1, volume / depth * band.fraction) : 0
  }
}
