import Checkpoints
import Markets

/// The history of the log depth in the main band on one side.
struct DepthHistory: Sendable {
  /// `ln(1 + quote currency)` of the newest depth.
  private(set) var logDepth = undefined
  /// The moments in each window; nil while it holds no snapshot.
  private(set) var moments: [Moments?]
  /// The rolling median in each window; NaN while it is empty.
  private(set) var medians: [Double]
  /// The share of each window's snapshots below each multiple of the median over the longest window as known then; NaN
  /// while the window is empty.
  private(set) var thinShares: [SIMD4<Double>]
  /// When the depth was last below half of its rolling median over the longest window.
  private(set) var lastHalved: Timestamp?

  private var values = Ring<Double>()
  private var aggregate: SlidingAggregate<Moments>
  private var sorted: [SortedSequence]
  /// The first position that each sorted window holds.
  private var sortedHeads: [Int]
  /// Nanoseconds spent, and snapshots seen, below each multiple of the rolling median before a snapshot; exact, wrapping.
  private var thinTimes = Ring<SIMD4<Int64>>()
  private var thinCounts = Ring<SIMD4<Int64>>()
  private var thinTime = SIMD4<Int64>()
  private var thinCount = SIMD4<Int64>()
  private var isThin = SIMDMask<SIMD4<Int64>>(repeating: false)
  private let logMultiples: SIMD4<Double>

  init(configuration: FeatureConfiguration) {
    let count = configuration.windows.count
    moments = [Moments?](repeating: nil, count: count)
    medians = [Double](repeating: undefined, count: count)
    thinShares = [SIMD4<Double>](repeating: SIMD4(repeating: undefined), count: count)
    aggregate = SlidingAggregate(windowCount: count)
    sorted = [SortedSequence](repeating: SortedSequence(), count: count)
    sortedHeads = [Int](repeating: 0, count: count)
    var logs = SIMD4<Double>(repeating: -.infinity)
    for (lane, multiple) in configuration.thinMultiples.prefix(4).enumerated() { logs[lane] = naturalLog(multiple) }
    logMultiples = logs
  }

  mutating func append(_ value: Double, _ windows: TimeWindows) {
    removeExpired(windows)
    logDepth = value
    let position = windows.end - 1
    let elapsed = position > windows.oldest ? windows.time(at: position) - windows.time(at: position - 1) : nil
    if let elapsed {
      thinTime &+= SIMD4(repeating: elapsed.nanoseconds).replacing(with: 0, where: .!isThin)
    }
    values.append(value, keepingFrom: windows.oldest)
    thinTimes.append(thinTime, keepingFrom: windows.oldest)
    thinCounts.append(thinCount, keepingFrom: windows.oldest)
    for window in sorted.indices { sorted[window].insert(value) }
    aggregate.append(value, in: windows)
    summarise(windows)
    let distance = value - medians[medians.count - 1]
    isThin = SIMD4(repeating: distance) .< logMultiples
    thinCount &+= SIMD4(repeating: 1).replacing(with: 0, where: .!isThin)
    countThin(windows)
    if distance < Self.logHalf { lastHalved = windows.time(at: position) }
  }

  mutating func advance(_ windows: TimeWindows) {
    removeExpired(windows)
    summarise(windows)
    countThin(windows)
  }

  private static let logHalf = naturalLog(0.5)

  private mutating func removeExpired(_ windows: TimeWindows) {
    for window in sorted.indices {
      // A position at the end belongs to the snapshot that is being added.
      let head = min(windows.heads[window], values.end)
      while sortedHeads[window] < head {
        sorted[window].remove(values[sortedHeads[window]])
        sortedHeads[window] += 1
      }
    }
  }

  private mutating func summarise(_ windows: TimeWindows) {
    for window in moments.indices {
      moments[window] = aggregate.summary(of: window, in: windows)
      medians[window] = sorted[window].quantile(0.5)
    }
  }

  private mutating func countThin(_ windows: TimeWindows) {
    for window in thinShares.indices {
      let head = windows.heads[window]
      thinShares[window] =
        head < windows.end
        ? SIMD4<Double>(thinCount &- thinCounts[head]) / Double(windows.end - head) : SIMD4(repeating: undefined)
    }
  }

  /// A rolling quantile of the log depth; NaN while the window is empty.
  func quantile(_ level: Double, of window: Int) -> Double { sorted[window].quantile(level) }

  /// The first log depth in a window; NaN while it is empty.
  func first(of window: Int, _ windows: TimeWindows) -> Double {
    windows.population(of: window) > 0 ? values[windows.heads[window]] : undefined
  }

  /// The newest log depth less the mean, in standard deviations; NaN without a spread.
  func score(in window: Int) -> Double {
    guard let moments = moments[window], moments.squaredDeviations > 0 else { return undefined }
    return (logDepth - moments.mean) / moments.standardDeviation
  }

  /// The share of a window's time spent below each multiple of the rolling median; nil where no time has passed.
  ///
  /// A depth holds until the next snapshot and is compared with the median over the longest window as known then.
  func thinTimeShares(of window: Int, _ windows: TimeWindows) -> SIMD4<Double>? {
    let duration = windows.duration(of: window)
    guard duration > 0 else { return nil }
    return SIMD4<Double>(thinTimes[windows.end - 1] &- thinTimes[windows.heads[window]]) / (duration * 1e9)
  }
}

extension DepthHistory: Resumable {
  /// Moments, medians and shares are made anew by the next snapshot before anything reads them.
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&logDepth)
    try archive.exchange(&lastHalved)
    try archive.exchange(&values)
    try archive.exchange(&aggregate)
    try archive.exchange(fixed: &sortedHeads)
    try archive.exchange(&thinTimes)
    try archive.exchange(&thinCounts)
    try archive.exchange(&thinTime)
    try archive.exchange(&thinCount)
    var thin = SIMD4<Int64>().replacing(with: 1, where: isThin)
    try archive.exchange(&thin)
    isThin = thin .!= 0
    if archive.direction == .reading { try restoreSorted() }
  }

  private mutating func restoreSorted() throws(StateFault) {
    guard sortedHeads.allSatisfy({ values.start <= $0 && $0 <= values.end }) else {
      throw StateFault("a rolling median begins outside what is kept")
    }
    sorted = sortedHeads.map { head in SortedSequence((head..<values.end).map { values[$0] }) }
  }
}
