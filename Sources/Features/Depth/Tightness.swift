import Checkpoints
import Markets

/// Spread and the lean of the best quotes.
struct Tightness: FeatureExtractor, Memoryless {
  static let family = FeatureFamily.depth

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    [
      define(
        "spread", unit: Unit.basisPoints, direction: .increasing,
        "Best ask less best bid over the mid; negative in a crossed book."),
      define(
        "microprice_deviation", unit: Unit.basisPoints, direction: .increasing,
        source: "S. Stoikov, Quantitative Finance 18 (2018), doi:10.1080/14697688.2018.1489139",
        "Distance from the mid to the size-weighted mid in the direction that hurts the side, over the mid."),
      define(
        "coverage", unit: Unit.basisPoints,
        "Distance from the mid to the last visible own-side level, beyond which the book is censored."),
    ]
  }

  init(configuration: FeatureConfiguration) {}

  func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    let book = snapshot.book
    guard let mid = state.mid, let spread = book.spread, let microprice = book.microprice else {
      return row.writeUndefined(count: 3)
    }
    row.write(logBasisPoints(spread))
    row.write(signed: logBasisPoints((mid - microprice) / mid))
    row.write(BySide { book.coverage(on: $0).map(logBasisPoints) ?? undefined })
  }
}
