import Markets

/// A stored state: instants as nanoseconds since the epoch, margins as parts per million.
extension MarginPolicyState: Codable {
  private struct StoredNotice: Codable {
    let margins: [Int]
    let until: Int64
  }

  private struct StoredBook: Codable {
    let market: MarketName
    let side: LiquidationSide
    let latestRequest: Int64
    let margins: [Int]
    let superseded: [StoredNotice]
    /// Absent where no request came with evidence.
    let latestEvidence: Int64?
    let hysteresis: HysteresisMemory
    /// Absent in states stored before there was a guard, and where existing positions have what is recommended.
    let glidePath: GlidePath?
  }

  /// Restores a stored state.
  ///
  /// - Throws: `DecodingError` when the state breaks an invariant: books in order and unlike each other, margins from
  ///   0 to 1,000,000 parts per million that never fall from tier to tier, replaced margins in the order of time, a published path of as many
  ///   tiers.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let books = try container.decode([StoredBook].self).map { stored in
      guard let book = Self.restored(stored) else {
        throw DecodingError.dataCorruptedError(
          in: container,
          debugDescription: "the stored margins of \(stored.market) \(stored.side.rawValue) contradict each other")
      }
      return book
    }
    guard let state = MarginPolicyState(books: books) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "stored markets are not in order")
    }
    self = state
  }

  /// Writes the state.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      books.map { book in
        StoredBook(
          market: book.market, side: book.side, latestRequest: book.latestRequest.nanoseconds,
          margins: book.inForce.margins.map(\.partsPerMillion),
          superseded: book.inForce.superseded.map {
            StoredNotice(margins: $0.margins.map(\.partsPerMillion), until: $0.until.nanoseconds)
          },
          latestEvidence: book.memory.latestEvidence?.nanoseconds, hysteresis: book.memory.hysteresis,
          glidePath: book.memory.glidePath)
      })
  }

  private static func restored(_ stored: StoredBook) -> BookMarginState? {
    guard let margins = ladder(stored.margins) else { return nil }
    var superseded: [MarginsInForce.Superseded] = []
    for notice in stored.superseded {
      let until = Timestamp(nanoseconds: notice.until)
      guard let earlier = ladder(notice.margins), earlier.count == margins.count,
        until.nanoseconds <= stored.latestRequest, superseded.allSatisfy({ $0.until <= until })
      else { return nil }
      superseded.append(MarginsInForce.Superseded(margins: earlier, until: until))
    }
    if let path = stored.glidePath, path.applied.count != margins.count { return nil }
    return BookMarginState(
      market: stored.market, side: stored.side, latestRequest: Timestamp(nanoseconds: stored.latestRequest),
      inForce: MarginsInForce(margins: margins, superseded: superseded),
      memory: RuleMemory(
        latestEvidence: stored.latestEvidence.map(Timestamp.init(nanoseconds:)), hysteresis: stored.hysteresis,
        glidePath: stored.glidePath))
  }

  private static func ladder(_ parts: [Int]) -> [MarginFraction]? {
    let margins = parts.compactMap { MarginFraction(partsPerMillion: $0) }
    guard !parts.isEmpty, margins.count == parts.count, zip(margins, margins.dropFirst()).allSatisfy(<=) else {
      return nil
    }
    return margins
  }
}
