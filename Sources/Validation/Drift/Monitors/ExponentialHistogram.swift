internal import Checkpoints

/// A window of values as sums over pieces that double in length towards the past.
///
/// A piece of row r sums 2^r values. A row that grows beyond its breadth joins its two oldest pieces into one of the next row,
/// so n values are kept in O(breadth · log n) numbers.
///
/// Source: M. Datar et al., "Maintaining stream statistics over sliding windows", doi:10.1137/S0097539701398363, as A. Bifet
/// and R. Gavaldà use it.
struct ExponentialHistogram: Hashable, Sendable {
  /// Some neighbouring values.
  struct Piece: Hashable, Sendable {
    /// Their number.
    var count: Double
    /// Their sum.
    var total: Double
    /// The sum of their squared deviations from their own mean.
    var scatter: Double

    static let none = Piece(count: 0, total: 0, scatter: 0)

    var mean: Double { total / count }

    /// Both together.
    func joined(with other: Piece) -> Piece {
      if count == 0 { return other }
      if other.count == 0 { return self }
      let gap = mean - other.mean
      let both = count + other.count
      return Piece(
        count: both, total: total + other.total,
        scatter: scatter + other.scatter + count * other.count / both * gap * gap)
    }
  }

  /// The largest number of pieces of a row.
  private let breadth: Int
  /// Row after row the pieces, the oldest of a row first, in `breadth + 1` places a row.
  private var pieces: [Piece] = []
  /// The number of pieces of each row.
  private var fills: [Int] = []

  init(breadth: Int) { self.breadth = max(1, breadth) }

  /// Appends a value.
  ///
  /// - Complexity: O(1) on average, O(breadth · log n) at worst.
  mutating func append(_ value: Double) {
    var piece = Piece(count: 1, total: value, scatter: 0)
    var row = 0
    while true {
      if row == fills.count {
        fills.append(0)
        pieces.append(contentsOf: repeatElement(.none, count: breadth + 1))
      }
      let start = row * (breadth + 1)
      pieces[start + fills[row]] = piece
      fills[row] += 1
      if fills[row] <= breadth { return }
      piece = pieces[start].joined(with: pieces[start + 1])
      for place in 2..<max(2, fills[row]) { pieces[start + place - 2] = pieces[start + place] }
      fills[row] -= 2
      row += 1
    }
  }

  /// Forgets the oldest piece.
  mutating func removeOldest() {
    guard let last = fills.indices.last else { return }
    let start = last * (breadth + 1)
    for place in 1..<max(1, fills[last]) { pieces[start + place - 1] = pieces[start + place] }
    fills[last] -= 1
    while let fill = fills.last, fill <= 0 {
      fills.removeLast()
      pieces.removeLast(breadth + 1)
    }
  }

  /// Calls `body` with the pieces from the oldest to the newest.
  func forEach(_ body: (Piece) -> Void) {
    for row in fills.indices.reversed() {
      let start = row * (breadth + 1)
      for place in start..<(start + fills[row]) { body(pieces[place]) }
    }
  }

  /// All values together.
  var whole: Piece {
    var whole = Piece.none
    forEach { whole = whole.joined(with: $0) }
    return whole
  }
}

extension ExponentialHistogram.Piece: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    count = try Double(from: &archive)
    total = try Double(from: &archive)
    scatter = try Double(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    count.write(to: &archive)
    total.write(to: &archive)
    scatter.write(to: &archive)
  }
}

extension ExponentialHistogram: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&fills)
    try archive.exchange(&pieces)
    guard pieces.count == fills.count * (breadth + 1), fills.allSatisfy({ (0...breadth).contains($0) }) else {
      throw StateFault("a window's pieces do not fit its rows")
    }
  }
}
