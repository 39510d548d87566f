package import Markets

/// A line of the canonical format that is no book, and perhaps a report.
struct CanonicalReportLine {
  private var scanner: ByteScanner
  private var time: Timestamp?
  private var market: MarketName?
  private var content: ReportContent?
  private var isBook = false

  init(_ line: UnsafeRawBufferPointer) {
    scanner = ByteScanner(line)
  }

  /// The report; nil when the line names none before its first fault, or has levels.
  ///
  /// - Throws: `FieldFault` naming the first field of a report that is wrong.
  mutating func report() throws(FieldFault) -> MarketReport? {
    do throws(FieldFault) {
      try parseMembers()
    } catch {
      if content == nil || isBook { return nil }
      throw error
    }
    guard let content, !isBook else { return nil }
    guard let time else { throw FieldFault(field: "time", reason: "is missing") }
    guard let market else { throw FieldFault(field: "market", reason: "is missing") }
    return try content.report(at: time, of: market)
  }

  private mutating func parseMembers() throws(FieldFault) {
    try scanner.expect(Ascii.openBrace, "{")
    scanner.skipWhitespace()
    if !scanner.take(Ascii.closeBrace) {
      repeat { try parseMember() } while try scanner.continues(until: Ascii.closeBrace, "}")
    }
    scanner.skipWhitespace()
    if !scanner.isAtEnd { throw scanner.fault("something follows the closing brace") }
  }

  private mutating func parseMember() throws(FieldFault) {
    let key = try scanner.key()
    switch key {
    case "time":
      if time != nil { throw FieldFault(field: "time", reason: "appears twice") }
      time = try scanner.time()
    case "market":
      if market != nil { throw FieldFault(field: "market", reason: "appears twice") }
      market = try scanner.marketName()
    case "bids", "asks":
      isBook = true
      try scanner.passOver(key)
    default:
      guard let kind = ReportContent.Kind(rawValue: key) else { return try scanner.passOver(key) }
      if content != nil { throw FieldFault(field: key, reason: "is not the only report on the line") }
      // A report that breaks off is one all the same.
      content = ReportContent(kind)
      content = try ReportContent(kind, from: &scanner)
    }
  }
}

/// What stands under the name of a report.
private struct ReportContent {
  enum Kind: String {
    case trade, figure, liquidation
  }

  private let kind: Kind
  private var price: Double?
  private var size: Double?
  private var value: Double?
  private var word: String?

  init(_ kind: Kind) {
    self.kind = kind
  }

  /// Reads an object; keys of other names are passed over.
  init(_ kind: Kind, from scanner: inout ByteScanner) throws(FieldFault) {
    self.init(kind)
    guard scanner.take(Ascii.openBrace) else { throw FieldFault(field: kind.rawValue, reason: "is not an object") }
    scanner.skipWhitespace()
    if scanner.take(Ascii.closeBrace) { return }
    repeat { try parseMember(&scanner) } while try scanner.continues(until: Ascii.closeBrace, "}")
  }

  private var name: String { kind.rawValue }

  /// The key of the word that says which one it is.
  private var wordKey: String {
    switch kind {
    case .trade: "aggressor"
    case .figure: "kind"
    case .liquidation: "side"
    }
  }

  private mutating func parseMember(_ scanner: inout ByteScanner) throws(FieldFault) {
    let key = try scanner.key()
    let field = "\(name).\(key)"
    switch (kind, key) {
    case (.trade, "price"), (.liquidation, "price"): price = try scanner.quantity(field, once: price)
    case (.trade, "size"), (.liquidation, "size"): size = try scanner.quantity(field, once: size)
    case (.figure, "value"): value = try scanner.quantity(field, once: value)
    case (_, wordKey):
      if word != nil { throw FieldFault(field: field, reason: "appears twice") }
      word = try scanner.word(field)
    default: try scanner.passOver(field)
    }
  }

  func report(at time: Timestamp, of market: MarketName) throws(FieldFault) -> MarketReport {
    let report: MarketReport
    switch kind {
    case .trade:
      let aggressor: Aggressor? = if word == nil { nil } else { try choice() }
      report = .trade(
        Trade(
          time: time, market: market, price: try required(price, "price"), size: try required(size, "size"),
          aggressor: aggressor))
    case .figure:
      report = .figure(
        MarketFigure(time: time, market: market, kind: try choice(), value: try required(value, "value")))
    case .liquidation:
      report = .liquidation(
        Liquidation(
          time: time, market: market, side: try choice(), price: try required(price, "price"),
          size: try required(size, "size")))
    }
    if let fault = report.fault { throw FieldFault(fault, in: name) }
    return report
  }

  private func required(_ value: Double?, _ key: String) throws(FieldFault) -> Double {
    guard let value else { throw FieldFault(field: "\(name).\(key)", reason: "is missing") }
    return value
  }

  private func choice<Choice: CaseIterable & RawRepresentable<String>>() throws(FieldFault) -> Choice {
    let field = "\(name).\(wordKey)"
    guard let word else { throw FieldFault(field: field, reason: "is missing") }
    guard let choice = Choice(rawValue: word) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw FieldFault(field: field, reason: "is none of \(known)")
    }
    return choice
  }
}

extension ByteScanner {
  /// Reads a key and the colon behind it, up to its value; escapes are not resolved.
  fileprivate mutating func key() throws(FieldFault) -> String {
    skipWhitespace()
    let range = try string(of: "record")
    try expect(Ascii.colon, ":")
    skipWhitespace()
    return excerpt(from: range.lowerBound, to: range.upperBound)
  }

  /// Moves past a value that nobody asks for.
  fileprivate mutating func passOver(_ field: String) throws(FieldFault) {
    if !skipValue() { throw FieldFault(field: field, reason: "is not a well-formed JSON value") }
  }

  /// Reads a number, or text that holds one.
  fileprivate mutating func quantity(_ field: String, once former: Double?) throws(FieldFault) -> Double {
    if former != nil { throw FieldFault(field: field, reason: "appears twice") }
    let isText = take(Ascii.quote)
    if !isText, isAtIdleZero { throw idleZero(field) }
    guard let value = decimal(), !isText || take(Ascii.quote) else {
      throw FieldFault(field: field, reason: "is not a number, at byte \(position + 1)")
    }
    return value
  }

  /// Reads a string.
  fileprivate mutating func word(_ field: String) throws(FieldFault) -> String {
    let range = try string(of: field)
    return excerpt(from: range.lowerBound, to: range.upperBound)
  }
}

extension FieldFault {
  /// The fault of a number that a report cannot have.
  package init(_ fault: MarketReport.Fault, in report: String) {
    let reason =
      switch fault {
      case .price, .size: "is not a finite number above zero"
      case .value: "is not a value that such a figure can have"
      }
    self.init(field: "\(report).\(fault.rawValue)", reason: reason)
  }
}
