public import VenueFeeds

/// Notices that no line says anything of the venue that a stream is said to come from.
///
/// A venue's lines of unknown kind are passed over, as its heartbeats and replies are, and others may be rejected. When nothing
/// else comes, the lines are most likely another venue's.
struct VenueSilence: Sendable {
  /// After how many lines of silence it is said.
  static let patience = 1_000

  private enum Phase {
    case listening
    case settled
  }

  private let venue: Venue
  private var phase = Phase.listening
  private var lineCount = 0

  init(_ venue: Venue) { self.venue = venue }

  /// Whether events say nothing.
  static func isSilent(_ events: [VenueEvent]) -> Bool {
    events.allSatisfy { if case .ignored = $0 { true } else { false } }
  }

  /// Takes what a line said.
  mutating func observe(_ events: [VenueEvent]) {
    if phase == .settled { return }
    let isHeard = events.contains { event in
      switch event {
      case .ignored, .rejected: false
      default: true
      }
    }
    if isHeard { phase = .settled } else { lineCount += 1 }
  }

  /// What is to be said, once, when as many lines as this were silent.
  mutating func take(after patience: Int) -> VenueNotHeard? {
    guard phase == .listening, lineCount >= patience else { return nil }
    phase = .settled
    return VenueNotHeard(venue: venue, lineCount: lineCount)
  }
}

/// None of a stream's first lines said anything of its venue.
public struct VenueNotHeard: Hashable, Sendable {
  /// The venue.
  public let venue: Venue
  /// How many lines there were.
  public let lineCount: Int
}
