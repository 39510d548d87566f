/// The log open interest over a run of snapshots, in each of two units: the market's base units and quote currency.
struct OpenInterestPath: WindowSummary {
  /// The first that is defined; NaN where none is.
  private(set) var first: SIMD2<Double>
  /// How many are defined.
  private(set) var count: SIMD2<Double>

  init(_ logs: SIMD2<Double>) {
    first = logs
    count = SIMD2(repeating: 1).replacing(with: 0, where: logs .!= logs)
  }

  func joined(with later: OpenInterestPath) -> OpenInterestPath {
    var path = self
    path.first = first.replacing(with: later.first, where: first .!= first)
    path.count = count + later.count
    return path
  }

  /// The change to the newest logs, in base units where they are known; NaN without an earlier open interest.
  func change(to logs: SIMD2<Double>) -> Double {
    for unit in 0..<2 where !logs[unit].isNaN && count[unit] > 1 { return logs[unit] - first[unit] }
    return undefined
  }
}
