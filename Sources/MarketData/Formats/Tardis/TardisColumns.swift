/// What the columns of a Tardis book snapshot file mean, read from its header.
///
/// `exchange`, `symbol`, `local_timestamp` and at least one pair `asks[0].price`, `asks[0].amount` and `bids[0].…` are
/// needed; columns of other names are passed over.
struct TardisColumns: Sendable {
  /// The meaning of one column.
  enum Meaning: Hashable {
    case exchange, symbol, receiveTime, other
    case price(Half, level: Int)
    case amount(Half, level: Int)
  }

  /// A half of the book.
  enum Half: String {
    case bids, asks
  }

  /// More levels than any recording keeps; bounds the memory that a header can ask for.
  static let levelLimit = 10_000

  let meanings: [Meaning]
  let levelCount: Int

  /// Whether a first line is such a header.
  static func areNamed(in header: String) -> Bool {
    let names = header.split(separator: ",", omittingEmptySubsequences: false)
    return names.contains("local_timestamp") && names.contains { $0.hasPrefix("asks[") }
  }

  /// Reads a header.
  init(header: String, path: String) throws(SourceFailure) {
    let names = header.split(separator: ",", omittingEmptySubsequences: false)
    var meanings: [Meaning] = []
    var seen: Set<Meaning> = []
    var levelCount = 0
    for name in names {
      let meaning = Self.meaning(of: name)
      if meaning != .other, !seen.insert(meaning).inserted {
        throw .malformedHeader(path: path, format: .tardis, reason: "the column '\(name)' appears twice")
      }
      switch meaning {
      case .price(_, let level), .amount(_, let level): levelCount = max(levelCount, level + 1)
      case .exchange, .symbol, .receiveTime, .other: break
      }
      meanings.append(meaning)
    }
    var needed: [Meaning] = [.exchange, .symbol, .receiveTime]
    for level in 0..<max(1, levelCount) {
      for half in [Half.asks, .bids] { needed += [.price(half, level: level), .amount(half, level: level)] }
    }
    if let missing = needed.first(where: { !seen.contains($0) }) {
      throw .malformedHeader(path: path, format: .tardis, reason: "the column '\(Self.name(of: missing))' is missing")
    }
    self.meanings = meanings
    self.levelCount = levelCount
  }

  /// How a header spells a column of a book.
  static func name(of meaning: Meaning) -> String {
    switch meaning {
    case .exchange: "exchange"
    case .symbol: "symbol"
    case .receiveTime: "local_timestamp"
    case .other: "record"
    case .price(let half, let level): "\(half.rawValue)[\(level)].price"
    case .amount(let half, let level): "\(half.rawValue)[\(level)].amount"
    }
  }

  private static func meaning(of name: Substring) -> Meaning {
    switch name {
    case "exchange": return .exchange
    case "symbol": return .symbol
    case "local_timestamp": return .receiveTime
    default: break
    }
    let parts = name.split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let bracket = parts[0].firstIndex(of: "["),
      let half = Half(rawValue: String(parts[0][..<bracket])),
      let level = Int(parts[0][parts[0].index(after: bracket)...]), (0..<levelLimit).contains(level)
    else { return .other }
    switch parts[1] {
    case ".price": return .price(half, level: level)
    case ".amount": return .amount(half, level: level)
    default: return .other
    }
  }
}
