internal import Parallelism
internal import Sampling

/// Series without change, drawn from a reference, that a monitor watches until it signals.
///
/// Series number i has its own generator, so the result does not depend on the number of threads.
public struct RunLengthSimulation: Hashable, Sendable {
  /// The number of series.
  public let count: Int
  /// The number of values after which a series without a signal ends.
  public let longest: Int
  /// How rows are drawn.
  public let dependence: Dependence
  /// The seed of all draws.
  public let seed: UInt64

  /// Creates a simulation; counts below one count as one.
  public init(count: Int, longest: Int, dependence: Dependence, seed: UInt64) {
    self.count = max(1, count)
    self.longest = max(1, longest)
    self.dependence = dependence
    self.seed = seed
  }

  /// When the monitor signals in series without change.
  ///
  /// - Parameters:
  ///   - monitor: As it begins.
  ///   - values: The value of each row.
  /// - Complexity: O(count · average run length), spread over the machine's cores.
  public func runLengths(of monitor: some DriftMonitor, on values: [Double], of rows: ReferenceRows) -> RunLengths {
    delays(of: monitor, on: rows, quiet: 0) { row, _, _ in values[row] }
  }

  /// How long the monitor takes to signal from a change on.
  ///
  /// - Parameters:
  ///   - quiet: The number of values before the change; a signal among them is passed over, as a false alarm would be.
  ///   - value: The value of a row; of its age, which is 0 with the first value after the change, and below zero before;
  ///     and of a uniform draw from [0, 1) that plants the change.
  public func delays(
    of monitor: some DriftMonitor, on rows: ReferenceRows, quiet: Int,
    value: @Sendable (_ row: Int, _ age: Int, _ uniform: Double) -> Double
  ) -> RunLengths {
    let found = perSeries { index -> Int? in
      guard var draw = rows.draw(dependence, generator(index)) else { return nil }
      var monitor = monitor
      for age in -quiet..<longest {
        let row = draw.row()
        let uniform = quiet > 0 ? draw.generator.uniform() : 0
        if monitor.observe(value(row, age, uniform)) != nil, age >= 0 { return age + 1 }
      }
      return nil
    }
    return RunLengths(found, longest: longest)
  }

  /// How the evidence climbs in each series until it is above `ceiling`.
  func climbs(of monitor: some DriftMonitor, upTo ceiling: Double, on values: [Double], of rows: ReferenceRows)
    -> [Climb]
  {
    perSeries { index in
      var climb = Climb()
      guard var draw = rows.draw(dependence, generator(index)) else { return climb }
      var monitor = monitor
      monitor.threshold = .infinity
      for step in 1...longest {
        _ = monitor.observe(values[draw.row()])
        climb.observe(monitor.evidence, step: step)
        if climb.height > ceiling { break }
      }
      return climb
    }
  }

  private func generator(_ series: Int) -> SeededGenerator { SeededGenerator(seed: seed, stream: UInt64(series)) }

  /// The results of all series in their order; a few neighbours at a time are one piece of work.
  private func perSeries<Result: Sendable>(_ body: @Sendable (Int) -> Result) -> [Result] {
    let pieces = Array(stride(from: 0, to: count, by: 8))
    return concurrentMap(pieces) { start in (start..<min(start + 8, count)).map(body) }.flatMap(\.self)
  }
}

/// The steps at which the evidence was higher than ever before: the run length for every threshold at once.
struct Climb: Sendable {
  private(set) var steps: [Int] = []
  private(set) var heights: [Double] = []

  /// The highest evidence; −∞ when there was none.
  var height: Double { heights.last ?? -.infinity }

  mutating func observe(_ evidence: Double, step: Int) {
    guard evidence > height else { return }
    steps.append(step)
    heights.append(evidence)
  }

  /// The first step with evidence above a threshold; nil when there was none.
  func runLength(above threshold: Double) -> Int? {
    var (low, high) = (0, heights.count)
    while low < high {
      let middle = (low + high) / 2
      if heights[middle] > threshold { high = middle } else { low = middle + 1 }
    }
    return low < steps.count ? steps[low] : nil
  }
}
