import Datasets
import Features
import Labels
import Markets

extension Dataset {
  /// The same rows with other outcomes; nil is unknown.
  func replacing(events: [Bool?]) throws -> Dataset {
    var builder = DatasetBuilder(schema: schema)
    for sell in stride(from: 0, to: count, by: 2) {
      let rows = BySide(sell: sell, buy: sell + 1)
      let market = markets[marketIndices[sell]]
      let labels = BySide { side in
        LabeledOrigin(
          time: times[sell], market: market, side: side, informationEnd: informationEnds[sell],
          threshold: thresholds[rows[side]], inShortfall: inShortfall[rows[side]],
          depthShortfall: events[rows[side]].map { .known($0) } ?? .censored(.endOfData))
      }
      try builder.append(
        values: BySide { features(ofRow: rows[$0]) }, labels: labels,
        observation: OutcomeObservation(
          time: times[sell], market: market, mid: 1, depth: BySide { depths[rows[$0]] }))
    }
    return builder.build()
  }
}
