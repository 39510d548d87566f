import Checkpoints
import Markets

/// The newest figures of a derivative.
///
/// Venues send a figure when it changes, or at intervals of their own, so one holds until the next of its kind: at most a
/// day, and only while figures of any kind keep coming.
struct HeldFigures: Sendable {
  private static let longestHold = TimeSpan.days(1)

  /// When the newest figure of any kind was received.
  private(set) var newest: Timestamp?

  private var figures: [HeldFigure?]
  private let freshness: TimeSpan

  /// - Parameter freshness: The silence after which no figure holds any more.
  init(freshness: TimeSpan) {
    self.freshness = freshness
    figures = [HeldFigure?](repeating: nil, count: MarketFigure.Kind.allCases.count)
  }

  mutating func take(_ figure: MarketFigure) {
    figures[figure.kind.position] = HeldFigure(time: figure.time, value: figure.value)
    newest = max(newest ?? figure.time, figure.time)
  }

  /// The figure of a kind that holds at an instant; NaN where none does.
  func value(_ kind: MarketFigure.Kind, at time: Timestamp) -> Double {
    guard let newest, time - newest <= freshness, let figure = figures[kind.position],
      time - figure.time <= Self.longestHold
    else { return undefined }
    return figure.value
  }
}

private struct HeldFigure: Sendable {
  let time: Timestamp
  let value: Double
}

extension MarketFigure.Kind {
  fileprivate var position: Int {
    switch self {
    case .markPrice: 0
    case .indexPrice: 1
    case .openInterest: 2
    case .openInterestValue: 3
    case .fundingRate: 4
    }
  }
}

extension HeldFigures: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&newest)
    try archive.exchange(fixed: &figures)
  }
}

extension HeldFigure: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    time = try Timestamp(from: &archive)
    value = try Double(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    time.write(to: &archive)
    value.write(to: &archive)
  }
}
