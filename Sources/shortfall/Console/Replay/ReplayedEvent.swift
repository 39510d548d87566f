import MarketData
import Markets
import VenueFeeds
import Workflows

/// What a replay feeds: a line for each.
enum ReplayedEvent {
  /// A book or a report, as 'convert' writes it.
  case event(MarketEvent)
  /// The loss of a book that was rebuilt from a venue's lines.
  case loss(InvalidBook)

  /// When it was received.
  var time: Timestamp {
    switch self {
    case .event(let event): event.time
    case .loss(let lost): lost.time
    }
  }

  /// Appends the line.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .event(let event): CanonicalLineWriter().append(event, to: &bytes)
    case .loss(let lost): LossLine.append(lost, to: &bytes)
    }
  }
}
