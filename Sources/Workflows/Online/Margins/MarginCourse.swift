internal import Checkpoints
internal import Markets

/// How far the recommendations of one market went: which books they rest on, and what was said last.
struct MarginCourse: Sendable {
  /// What the latest line of a side was.
  struct Said: Sendable {
    var number: Int
    var time: Timestamp
    var occasion: MarginNotice.Occasion
    var expires: Timestamp?
    var hold: HoldKind?
  }

  /// The kinds of holding, each of which is said once.
  enum HoldKind: Int, Sendable {
    case unusable, silent
  }

  /// The notionals at which the market's tiers start.
  let bounds: [Double]
  /// The newest book to be used; nil before the first.
  var freshAt: Timestamp?
  /// Whether margins hold, and why; nil while books are fresh.
  var hold: HoldKind?
  /// What was said of each side; nil before the first line.
  var said = BySide<Said?>(sell: nil, buy: nil)

  init(bounds: [Double]) { self.bounds = bounds }

  /// The instant from which the market counts as silent unless a book comes; nil while margins hold already.
  func silentFrom(_ staleAfter: TimeSpan) -> Timestamp? { hold == nil ? freshAt.map { $0 + staleAfter } : nil }

  /// The instant from which the latest line of a side has to be renewed; nil while margins hold.
  func renewalFrom(_ side: LiquidationSide, _ expiry: TimeSpan) -> Timestamp? {
    guard hold == nil, let said = said[side] else { return nil }
    return said.occasion == .lapse ? said.time : said.time + TimeSpan(nanoseconds: expiry.nanoseconds / 2)
  }

  /// The first instant at which time alone asks for a line; nil when none does.
  func due(staleAfter: TimeSpan, expiry: TimeSpan) -> Timestamp? {
    var instants = [silentFrom(staleAfter)]
    for side in LiquidationSide.allCases { instants += [said[side]?.expires, renewalFrom(side, expiry)] }
    return instants.compactMap(\.self).min()
  }
}

extension MarketHold {
  /// Which kind of holding it is.
  var kind: MarginCourse.HoldKind {
    switch self {
    case .unusable: .unusable
    case .silent: .silent
    }
  }
}

extension MarginCourse: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    self.init(bounds: try [Double](from: &archive))
    freshAt = try Timestamp?(from: &archive)
    hold = try HoldKind?(from: &archive)
    said = try BySide<Said?>(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    bounds.write(to: &archive)
    freshAt.write(to: &archive)
    hold.write(to: &archive)
    said.write(to: &archive)
  }
}

extension MarginCourse.HoldKind: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    guard let kind = Self(rawValue: try Int(from: &archive)) else { throw StateFault("a kind of holding is none") }
    self = kind
  }

  func write(to archive: inout StateArchive) { rawValue.write(to: &archive) }
}

extension MarginCourse.Said: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    number = try Int(from: &archive)
    time = try Timestamp(from: &archive)
    guard let occasion = MarginNotice.Occasion(rawValue: try archive.readText()) else {
      throw StateFault("an occasion of a margin line is none")
    }
    self.occasion = occasion
    expires = try Timestamp?(from: &archive)
    hold = try MarginCourse.HoldKind?(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    number.write(to: &archive)
    time.write(to: &archive)
    archive.write(occasion.rawValue)
    expires.write(to: &archive)
    hold.write(to: &archive)
  }
}
