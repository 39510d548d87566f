import Datasets
import Features
import Foundation
import Labels
import Markets
import Sampling
import Testing

/// An instant a number of seconds after the epoch.
func at(_ seconds: Int) -> Timestamp { Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000) }

/// A market for tests.
func market(_ text: String) throws -> MarketName { try #require(MarketName(text)) }

/// A schema of features with these names.
func schema(_ names: [String]) throws -> FeatureSchema {
  let definitions = names.map {
    FeatureDefinition(name: $0, unit: "1", definition: "A test.", direction: .none, family: .context, source: "none")
  }
  let bytes = try JSONEncoder().encode(["definitions": definitions])
  return try JSONDecoder().decode(FeatureSchema.self, from: bytes)
}

/// One snapshot for a dataset of two features, the second a hundred times the first; the buy side has the negatives.
struct Sample {
  var market: String
  var second: Int
  var value: Double
  var event: Outcome<Bool> = .known(false)
  var inShortfall: Bool? = false
  var span = 10

  func append(to builder: inout DatasetBuilder) throws {
    let name = try #require(MarketName(market))
    let labels = BySide { side in
      LabeledOrigin(
        time: at(second), market: name, side: side, informationEnd: at(second + span),
        threshold: side == .sell ? 3 : 4, inShortfall: inShortfall, depthShortfall: event)
    }
    let observation = OutcomeObservation(
      time: at(second), market: name, mid: 1, depth: inShortfall.map { _ in BySide(sell: value, buy: value + 1) })
    try builder.append(
      values: BySide(sell: [value, 100 * value], buy: [-value, -100 * value]), labels: labels,
      observation: observation)
  }
}

func dataset(_ samples: [Sample]) throws -> Dataset {
  var builder = DatasetBuilder(schema: try schema(["plain", "hundredfold"]))
  for sample in samples { try sample.append(to: &builder) }
  return builder.build()
}

/// Rows of random origins in time order with labels of random length, or of one length.
func randomIntervals(seed: UInt64, count: Int, span: Int? = nil) throws -> LabelIntervals {
  var generator = SeededGenerator(seed: seed)
  var second = 0
  var origins: [Timestamp] = []
  var ends: [Timestamp] = []
  for _ in 0..<count {
    second += generator.index(below: 3)
    origins.append(at(second))
    ends.append(at(second + (span ?? 1 + generator.index(below: 12))))
  }
  return try #require(LabelIntervals(origins: origins, ends: ends))
}

/// Whether a label interval meets a window, by trying every second.
///
/// Both end on whole seconds, so a common part holds a whole second.
func bruteForceMeets(_ intervals: LabelIntervals, _ row: Int, _ rows: [Int]) -> Bool {
  let start = rows.map { intervals.origins[$0].wholeSeconds }.min()
  let end = rows.map { intervals.ends[$0].wholeSeconds }.max()
  guard let start, let end else { return false }
  let label = (intervals.origins[row].wholeSeconds + 1)...intervals.ends[row].wholeSeconds
  return label.contains { $0 >= start && $0 <= end }
}
