internal import Sampling

/// How rows of a reference are drawn when a series without change is simulated.
public enum Dependence: String, Hashable, Sendable, Codable, CaseIterable {
  /// One by one: rows that hang together in time are torn apart.
  case rows
  /// Whole UTC days: overlapping labels and the weather of a day stay as they were.
  case days
}

/// The days of a reference's rows, from which series of any length are drawn.
public struct ReferenceRows: Hashable, Sendable {
  /// The number of rows.
  public let count: Int
  /// Where each day begins, and the number of rows at the end.
  private let starts: [Int]

  /// Takes the UTC day of each row; a day ends where the next row is of another one.
  public init(days: [Int]) {
    count = days.count
    starts = days.indices.filter { $0 == 0 || days[$0] != days[$0 - 1] } + [days.count]
  }

  /// The number of days.
  public var dayCount: Int { starts.count - 1 }

  /// Draws of rows without end; nil when there are none.
  func draw(_ dependence: Dependence, _ generator: SeededGenerator) -> Draw? {
    count > 0 ? Draw(rows: self, dependence: dependence, generator: generator) : nil
  }

  /// Rows drawn one after the other.
  struct Draw {
    /// The source of all draws of a series.
    var generator: SeededGenerator
    private let rows: ReferenceRows
    private let dependence: Dependence
    private var next = 0
    private var end = 0

    init(rows: ReferenceRows, dependence: Dependence, generator: SeededGenerator) {
      self.rows = rows
      self.dependence = dependence
      self.generator = generator
      guard dependence == .days else { return }
      takeDay()
      // A series does not begin with a day: somewhere in it.
      next += self.generator.index(below: end - next)
    }

    mutating func row() -> Int {
      if dependence == .rows { return generator.index(below: rows.count) }
      if next == end { takeDay() }
      next += 1
      return next - 1
    }

    private mutating func takeDay() {
      let day = generator.index(below: rows.dayCount)
      next = rows.starts[day]
      end = rows.starts[day + 1]
    }
  }
}
