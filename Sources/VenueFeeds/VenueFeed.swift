package import Checkpoints
public import MarketData
public import Markets

/// One venue's stream: its lines in, its markets' books and reports out.
///
/// Markets have the venue's own symbols for names. A line's receive time is the recorder's where the line carries one
/// (see `docs/venues.md`), or else what the caller gives; a message without either has the venue's own time, and one
/// whose venue sends none has that of the message before it.
///
/// A feed reads the messages of one connection in the order of their arrival. Nothing a line holds can trap: it is
/// answered with events, or with `rejected`, which names the field at fault.
public struct VenueFeed: Sendable {
  /// What a feed must be told, because lines do not say it.
  public struct Configuration: Hashable, Sendable {
    /// How many levels of each side a book event shows; the best ones.
    public var levels = 1_000
    /// The market of messages that name none, such as REST bodies and LOBSTER rows.
    public var market: MarketName?
    /// The instant of midnight where the exchange is, from which LOBSTER rows count their time.
    public var midnight: Timestamp?
    /// What one unit of size is worth, for markets whose sizes are not in base units.
    public var contracts: [MarketName: ContractUnit] = [:]

    /// Creates the configuration of a venue whose lines say everything.
    public init() {}
  }

  /// The venue.
  public let venue: Venue
  /// What the feed was told.
  public let configuration: Configuration
  private var decoder: any VenueDecoder
  private var books: [DeltaBook] = []
  private var markets: [MarketName] = []
  private var indices: [MarketName: Int] = [:]
  private var connection = ConnectionState()
  private var latest: Timestamp?
  private var messages: [VenueMessage] = []

  /// Creates a feed that has seen nothing.
  public init(_ venue: Venue, configuration: Configuration = Configuration()) {
    self.venue = venue
    self.configuration = configuration
    decoder = venue.makeDecoder(configuration)
  }

  /// What a line says; the line is given without its line end.
  ///
  /// - Parameters:
  ///   - received: when the line arrived, used where the line itself does not say so.
  ///   - onlyMarket: the one market that the line's source speaks of, used for messages that name none; without it
  ///     that of the whole stream, where it has just one.
  /// - Complexity: O(bytes) and, for a book, O(levels shown).
  public mutating func read(
    _ line: UnsafeRawBufferPointer, received: Timestamp? = nil, onlyMarket: MarketName? = nil
  ) -> [VenueEvent] {
    var context = LineContext()
    context.market = configuration.market
    context.onlyMarket = onlyMarket ?? (markets.count == 1 ? markets[0] : nil)
    context.latest = latest
    context.received = received
    do throws(FieldFault) {
      messages.removeAll(keepingCapacity: true)
      try decode(line, &context)
    } catch {
      return rejection(error, at: context.received ?? latest)
    }
    return events(of: messages)
  }

  /// What a line says; the line is given without its line end.
  public mutating func read(_ line: [UInt8], received: Timestamp? = nil) -> [VenueEvent] {
    line.withUnsafeBytes { read($0, received: received) }
  }

  /// What follows from a line that was there but cannot be read, being too long for instance.
  public mutating func miss(_ fault: FieldFault) -> [VenueEvent] { rejection(fault, at: latest) }

  /// What the end of the input completes: the last rows of a CSV message.
  public mutating func finish() -> [VenueEvent] {
    messages.removeAll(keepingCapacity: true)
    decoder.finish(into: &messages)
    return events(of: messages)
  }

  /// What follows when reading goes on elsewhere in the venue's stream, such as after a restart.
  ///
  /// Books whose messages are numbered stay, because their next message shows whether one is missing; others end.
  public mutating func interrupt() -> [VenueEvent] {
    decoder.forgetPart()
    connection = ConnectionState()
    var events: [VenueEvent] = []
    invalidateUnnumbered(.interrupted, at: latest, into: &events)
    return events
  }

  /// The number of a market's book by its venue's rule; nil while the book is invalid or the venue sends none.
  public func bookNumber(of market: MarketName) -> Int64? { indices[market].flatMap { books[$0].number } }

  /// Takes the envelope off a line and decodes what it holds; a recorder's own notes are passed over by name.
  private mutating func decode(_ line: UnsafeRawBufferPointer, _ context: inout LineContext) throws(FieldFault) {
    if venue.isTabular { return try decoder.decode(line, context, into: &messages) }
    switch try LineEnvelope.open(line) {
    case .note(let name): messages.ignore(name)
    case .message(let payload, let received, let symbol):
      context.received = received ?? context.received
      context.addressedMarket = nil
      if let symbol, !symbol.isEmpty { context.addressedMarket = try MarketName(symbol, field: "symbol") }
      try decoder.decode(payload, context, into: &messages)
    }
  }

  private mutating func events(of messages: [VenueMessage]) -> [VenueEvent] {
    var events: [VenueEvent] = []
    for message in messages {
      switch message {
      case .event(let event):
        latest = event.time ?? latest
        let unit = event.report.flatMap { configuration.contracts[$0.market] }
        events.append(unit?.converted(event) ?? event)
      case .connection(let number):
        if let lost = connection.lost(at: number) {
          invalidate(.connectionGap(expected: lost, found: number.number), at: latest, into: &events)
        }
      case .book(let update):
        latest = update.time
        apply(update, into: &events)
      }
    }
    return events
  }

  private mutating func apply(_ update: BookUpdate, into events: inout [VenueEvent]) {
    let index = index(of: update.market)
    switch books[index].apply(update) {
    case .changed:
      do throws(OrderBookFault) {
        let book = try books[index].book(levels: configuration.levels, unit: configuration.contracts[update.market])
        events.append(.book(BookSnapshot(time: update.time, market: update.market, book: book)))
      } catch {
        events.append(.rejected(FieldFault(error)))
      }
    case .unchanged: break
    case .invalid(let reason):
      events.append(.invalid(InvalidBook(time: update.time, market: update.market, reason: reason)))
    case .unnumbered(let field):
      events += rejection(missing(field), at: update.time)
    case .repeatedPrice:
      events.append(.rejected(FieldFault(field: "levels", reason: "a price appears twice in a snapshot")))
      events.append(.invalid(InvalidBook(time: update.time, market: update.market, reason: .unreadable)))
    }
  }

  private mutating func index(of market: MarketName) -> Int {
    if let index = indices[market] { return index }
    indices[market] = books.count
    markets.append(market)
    books.append(emptyBook)
    return books.count - 1
  }

  private var emptyBook: DeltaBook { DeltaBook(rule: decoder.rule, checksum: decoder.checksum) }

  /// The events of a line that cannot be read.
  ///
  /// It may have held a change, so every book ends whose messages carry no number to show that one is lost.
  private mutating func rejection(_ fault: FieldFault, at time: Timestamp?) -> [VenueEvent] {
    var events = [VenueEvent.rejected(fault)]
    invalidateUnnumbered(.unreadable, at: time, into: &events)
    return events
  }

  /// Ends every book of which nothing else would show that a change of it is lost.
  private mutating func invalidateUnnumbered(
    _ reason: InvalidBookReason, at time: Timestamp?, into events: inout [VenueEvent]
  ) {
    if venue.sendsWholeBooks { return }
    invalidate(reason, at: time, into: &events) { book in book.number == nil }
  }

  private mutating func invalidate(
    _ reason: InvalidBookReason, at time: Timestamp?, into events: inout [VenueEvent],
    where isConcerned: (DeltaBook) -> Bool = { _ in true }
  ) {
    guard let time else { return }
    for index in books.indices where books[index].isValid && isConcerned(books[index]) {
      guard let reason = books[index].invalidate(reason) else { continue }
      events.append(.invalid(InvalidBook(time: time, market: markets[index], reason: reason)))
    }
  }
}

extension VenueFeed: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&markets)
    try archive.exchange(parts: &books, blank: emptyBook)
    try archive.exchange(&connection)
    try archive.exchange(&latest)
    try decoder.exchange(with: &archive)
    if archive.direction == .writing { return }
    indices = Dictionary(zip(markets, markets.indices)) { first, _ in first }
    guard books.count == markets.count, indices.count == markets.count else {
      throw StateFault("its books do not belong to its markets one by one")
    }
  }
}

extension VenueFeed.Configuration: CustomStringConvertible {
  /// The settings in words, the same for equal settings and no others.
  public var description: String {
    let units = contracts.sorted { $0.key < $1.key }.map { "\($0.key.text)=\($0.value)" }
    return "\(levels) levels"
      + (market.map { ", market \($0.text)" } ?? "") + (midnight.map { ", midnight \($0)" } ?? "")
      + (units.isEmpty ? "" : ", contracts \(units.joined(separator: " "))")
  }
}

extension VenueEvent {
  /// When it happened; nil for what is no event of a market.
  public var time: Timestamp? {
    switch self {
    case .book(let snapshot): snapshot.time
    case .invalid(let book): book.time
    case .trade(let trade): trade.time
    case .quote(let quote): quote.time
    case .figure(let figure): figure.time
    case .liquidation(let liquidation): liquidation.time
    case .ignored, .rejected: nil
    }
  }
}
