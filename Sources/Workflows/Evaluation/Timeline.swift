public import Markets
public import Reporting
internal import Validation

/// What a model said at each snapshot of a few hours, market by market, beside what followed: a post-mortem.
public struct Timeline: Sendable {
  private let recording: ScoredRecording
  private let rows: [ScoredRecording.Row]
  private let markets: [MarketName]
  private let start: Timestamp
  private let end: Timestamp

  /// Selects the rows from `start`, included, to `end`, excluded.
  public init(_ recording: ScoredRecording, from start: Timestamp, to end: Timestamp) {
    self.recording = recording
    self.start = start
    self.end = end
    rows = recording.rows.filter { $0.judged.time >= start && $0.judged.time < end }
    markets = Set(rows.map(\.judged.market)).sorted()
  }

  /// Whether no row lies in the window.
  public var isEmpty: Bool { rows.isEmpty }

  /// One table for each market: depth over threshold and probability of each side at each snapshot.
  ///
  /// A depth below 1 is a shortfall at that instant. "yes" and "no" say whether a shortfall followed within the
  /// horizon; "?" that it is unknown.
  public func tables(_ style: TextTable.Style) -> String {
    markets.map { market in
      var table = TextTable(
        [("time", .left)]
          + LiquidationSide.allCases.flatMap { side in
            [
              ("\(side.rawValue): depth / threshold", TextTable.Alignment.right), ("probability", .right),
              ("followed", .left),
            ]
          })
      for (time, sides) in snapshots(of: market) {
        table.append([time.description] + LiquidationSide.allCases.flatMap { cells(sides[$0]) })
      }
      let gap = style == .markdown ? "\n" : ""
      return "\(recording.provenance.rawValue) · \(market)\n\(gap)\(table.text(style))"
    }.joined(separator: "\n")
  }

  /// The same as a picture.
  public func chart(caption: String) -> TimelineChart {
    let panels = markets.map { market in
      TimelineChart.Panel(
        title: market.text,
        points: BySide { side in
          rows.filter { $0.judged.market == market && $0.judged.side == side }.map { row in
            TimelineChart.Point(
              time: row.judged.time, relativeDepth: row.depth / row.threshold, probability: row.probability)
          }
        })
    }
    return TimelineChart(
      panels, caption: "\(recording.provenance.rawValue) · \(caption)", start: start, end: end)
  }

  private func snapshots(of market: MarketName) -> [(Timestamp, BySide<ScoredRecording.Row?>)] {
    var snapshots: [(time: Timestamp, sides: BySide<ScoredRecording.Row?>)] = []
    for row in rows where row.judged.market == market {
      if snapshots.last?.time != row.judged.time || snapshots.last?.sides[row.judged.side] != nil {
        snapshots.append((row.judged.time, BySide(sell: nil, buy: nil)))
      }
      snapshots[snapshots.count - 1].sides[row.judged.side] = row
    }
    return snapshots
  }

  private func cells(_ row: ScoredRecording.Row?) -> [String] {
    guard let row else { return ["–", "–", "–"] }
    let followed = row.judged.outcome.map { $0 ? "yes" : "no" } ?? "?"
    return [Figures.decimal(row.depth / row.threshold, 2), Figures.percent(row.probability), followed]
  }
}
