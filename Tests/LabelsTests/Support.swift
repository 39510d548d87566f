import Labels
import Markets
import Testing

/// A market for tests.
func market(_ text: String = "ETHUSDT") throws -> MarketName { try #require(MarketName(text)) }

/// An instant a number of seconds after the epoch.
func at(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

/// An observation whose depth, and execution if any, are equal on both sides; nil depth is an unknown book.
func observed(_ seconds: Int64, depth: Double?, mid: Double = 100) throws -> OutcomeObservation {
  OutcomeObservation(
    time: at(seconds), market: try market(), mid: depth.map { _ in mid },
    depth: depth.map { BySide(sell: $0, buy: $0) })
}

/// An observation of a book that would execute at these prices.
func observed(_ seconds: Int64, mid: Double, sell: Double, buy: Double) throws -> OutcomeObservation {
  OutcomeObservation(
    time: at(seconds), market: try market(), mid: mid, depth: BySide(sell: 1, buy: 1),
    execution: BySide(sell: Execution(price: sell), buy: Execution(price: buy)))
}

/// A task with a threshold of 10 in mind and short spans.
func task(
  horizon: Int64 = 10, latency: Int64 = 0, occupancy: Occupancy = .anySnapshot, minimum: Int = 1, gap: Int64? = nil,
  closeOut: CloseOut? = nil
) throws -> ShortfallTask {
  try ShortfallTask(
    band: BasisPoints(100), horizon: .seconds(horizon), latency: .seconds(latency), occupancy: occupancy,
    threshold: .relativeToMedian(0.4), minimumSnapshots: minimum, maximumGap: gap.map(TimeSpan.seconds),
    closeOut: closeOut)
}

/// Every origin's labels, in order, with depth 10 as the threshold of both sides.
func labels(_ task: ShortfallTask, _ observations: [OutcomeObservation]) -> [BySide<LabeledOrigin>] {
  var labeler = OutcomeLabeler(task: task, thresholds: BySide(sell: 10, buy: 10))
  var all: [BySide<LabeledOrigin>] = []
  for observation in observations { all += labeler.observe(observation) }
  return all + labeler.finish()
}

/// The sell side's depth-shortfall answers as `1`, `0` or the reason.
func answers(_ task: ShortfallTask, _ observations: [OutcomeObservation]) -> [String] {
  labels(task, observations).map { brief($0.sell.depthShortfall) }
}

/// `1`, `0` or the reason for not knowing.
func brief(_ outcome: Outcome<Bool>?) -> String {
  switch outcome {
  case .known(let happened): happened ? "1" : "0"
  case .censored(let reason): reason.rawValue
  case nil: "none"
  }
}
