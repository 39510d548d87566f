/// The log loss of a recipe on each fold of a walk-forward, and over all of them.
public struct FoldLosses: Codable, Hashable, Sendable {
  /// The mean log loss of each fold, in nats.
  public let losses: [Double]
  /// The number of rows of each fold.
  public let rows: [Int]

  /// Creates losses.
  ///
  /// - Precondition: There are as many numbers of rows as losses, and not all of them are zero.
  public init(losses: [Double], rows: [Int]) {
    precondition(losses.count == rows.count && rows.contains { $0 > 0 }, "a fold must have rows")
    self.losses = losses
    self.rows = rows
  }

  /// The mean log loss over the rows of all folds.
  public var mean: Double {
    zip(losses, rows).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(rows.reduce(0, +))
  }

  /// The standard error of the mean, from its spread over the folds; nil for a single fold.
  public var standardError: Double? {
    guard losses.count > 1 else { return nil }
    let count = Double(losses.count)
    let center = losses.reduce(0, +) / count
    let squares = losses.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return (squares / (count - 1) / count).squareRoot()
  }

  /// The losses of the first folds; the count must be from 1 to their number.
  public func prefix(_ count: Int) -> FoldLosses {
    FoldLosses(losses: Array(losses.prefix(count)), rows: Array(rows.prefix(count)))
  }

  /// The fold by fold differences to another recipe on the same folds: its mean is that of the losses' difference, its
  /// standard error that of the difference.
  ///
  /// - Precondition: Both have the same folds.
  public func difference(to other: FoldLosses) -> FoldLosses {
    precondition(rows == other.rows, "the folds are not the same")
    return FoldLosses(losses: zip(losses, other.losses).map { $0 - $1 }, rows: rows)
  }
}
