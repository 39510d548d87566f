package import Checkpoints
package import MarketData
package import Markets

/// What a decoder finds in a line.
package enum VenueMessage: Sendable {
  /// A book or a change to one, to be applied.
  case book(BookUpdate)
  /// Something that is passed on as it is.
  case event(VenueEvent)
  /// The message's number on its connection.
  case connection(ConnectionNumber)
}

/// The number of a message among all messages of its connection.
package struct ConnectionNumber: Hashable, Sendable {
  package let number: Int64
  /// How many messages may overtake one another.
  package let tolerance: Int64

  package init(_ number: Int64, tolerance: Int64) {
    self.number = number
    self.tolerance = tolerance
  }
}

/// What is known of a line beside its payload.
package struct LineContext: Sendable {
  /// When the line was received, where the recorder or the caller says so.
  package var received: Timestamp?
  /// The market that the line's address names.
  package var addressedMarket: MarketName?
  /// The market that the caller names for messages that name none.
  package var market: MarketName?
  /// The market of the stream's books so far, where there is only one.
  package var onlyMarket: MarketName?
  /// The latest time that a message of the stream had.
  package var latest: Timestamp?

  package init() {}

  /// The time of a message: when it was received, or else the venue's own time, or else that of the message before.
  package func time(_ venueTime: Timestamp?) throws(FieldFault) -> Timestamp {
    if let time = received ?? venueTime ?? latest { return time }
    throw FieldFault(field: "time", reason: "is missing: the line has no receive time and the message none of its own")
  }

  /// The market of a message that names none.
  func unnamedMarket() throws(FieldFault) -> MarketName {
    if let market = addressedMarket ?? market ?? onlyMarket { return market }
    throw FieldFault(
      field: "market", reason: "is named by neither message, address nor caller, and the stream has not just one")
  }
}

/// Turns the lines of one venue into messages.
///
/// Its memory is what it keeps from one line to the next.
package protocol VenueDecoder: Sendable, Resumable {
  /// The rule by which lost messages of a book are seen.
  var rule: SequenceRule { get }
  /// The checksum that the venue sends with a book, if any.
  var checksum: BookChecksum? { get }

  /// Adds what one payload says; a payload that throws adds nothing that is kept.
  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault)

  /// Adds what the end of the input completes.
  mutating func finish(into messages: inout [VenueMessage])

  /// Forgets the part of a message whose rest may not come, lines being missing.
  mutating func forgetPart()
}

extension VenueDecoder {
  package var checksum: BookChecksum? { nil }

  /// Lines that stand for themselves leave nothing to complete.
  package mutating func finish(into messages: inout [VenueMessage]) {}

  /// Lines that stand for themselves leave no part.
  package mutating func forgetPart() {}
}

/// The fault of a field that the message needs.
func missing(_ field: String) -> FieldFault { FieldFault(field: field, reason: "is missing") }

extension Optional {
  /// The value, or the fault that the field is missing.
  @inline(__always)
  func required(_ field: String) throws(FieldFault) -> Wrapped {
    guard let self else { throw missing(field) }
    return self
  }
}
