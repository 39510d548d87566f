/// Rows of similar probability: what was said of them and what happened.
public struct ReliabilityBin: Hashable, Sendable, Codable {
  /// The number of rows.
  public let rows: Int
  /// The number of rows whose event happened.
  public let positives: Int
  /// The smallest probability in the bin.
  public let lowestProbability: Double
  /// The largest probability in the bin.
  public let highestProbability: Double
  /// The mean probability: the expected event rate.
  public let meanProbability: Double
  /// The event rate, with its interval.
  public let observedRate: Estimate
}

/// The reliability table: rows in rising order of probability, cut into bins of equal count.
///
/// A cut that would fall between rows of one probability moves up to the end of them, so that equal forecasts share a
/// bin; there may then be fewer bins than asked for.
public struct ReliabilityTable: Hashable, Sendable, Codable {
  /// The bins, probabilities rising; together they hold every row once.
  public let bins: [ReliabilityBin]
  /// The hundredth part of the rows with the highest probabilities (at least one row), with all ties of the lowest.
  public let topPercent: ReliabilityBin?

  init(_ rows: ScoredRows, binCount: Int, days: DayIndex, bootstrap: DayBlockBootstrap) {
    let scores = rows.predictions.values
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    let weights = (0..<bootstrap.resamples).map {
      bootstrap.multiplicities(ofResample: $0, dayCount: days.days.count)
    }
    let positions = rows.days.map(days.position(of:))
    func bin(_ range: Range<Int>) -> ReliabilityBin {
      ReliabilityBin(
        order[range], of: rows, positions: positions, dayCount: days.days.count, weights: weights, bootstrap: bootstrap)
    }
    var bins: [ReliabilityBin] = []
    var start = 0
    let parts = max(1, binCount)
    for part in 1...parts {
      var end = max(start, order.count / parts * part + order.count % parts * part / parts)
      if end <= start { continue }
      while end < order.count, scores[order[end]] == scores[order[end - 1]] { end += 1 }
      bins.append(bin(start..<end))
      start = end
    }
    self.bins = bins
    guard !order.isEmpty else {
      topPercent = nil
      return
    }
    var first = order.count - max(1, order.count / 100)
    while first > 0, scores[order[first - 1]] == scores[order[first]] { first -= 1 }
    topPercent = bin(first..<order.count)
  }
}

extension ReliabilityBin {
  fileprivate init(
    _ members: ArraySlice<Int>, of rows: ScoredRows, positions: [Int], dayCount: Int, weights: [[Double]],
    bootstrap: DayBlockBootstrap
  ) {
    let scores = rows.predictions.values
    var counts = [Double](repeating: 0, count: dayCount)
    var events = counts
    var sum = 0.0
    for row in members {
      counts[positions[row]] += 1
      events[positions[row]] += rows.outcomes[row] ? 1 : 0
      sum += scores[row]
    }
    func rate(_ weights: [Double]) -> Double {
      var total = 0.0
      var happened = 0.0
      for day in weights.indices {
        total += weights[day] * counts[day]
        happened += weights[day] * events[day]
      }
      return happened / total
    }
    self.rows = members.count
    positives = members.reduce(0) { $0 + (rows.outcomes[$1] ? 1 : 0) }
    lowestProbability = members.first.map { scores[$0] } ?? 0
    highestProbability = members.last.map { scores[$0] } ?? 0
    meanProbability = sum / Double(max(1, members.count))
    observedRate = bootstrap.estimate(
      value: rate([Double](repeating: 1, count: dayCount)), replicates: weights.map(rate))
  }
}
