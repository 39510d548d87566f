public import Margining
public import MarketData
internal import Markets

/// The file of open positions: CSV with the header `account,market,side,notional,equity`.
///
/// `side` is `long` or `short`; notional and equity are in quote currency, the equity being what stands behind this
/// position alone. Cells with commas or quotes stand in double quotes, a quote inside doubled. Every line ends with a line
/// feed, so that a file cut off in the middle of a number is not taken for a whole one; blank lines are passed over.
public enum AccountFile {
  /// The names of the columns, in their order.
  public static let columns = ["account", "market", "side", "notional", "equity"]

  /// Reads accounts.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - file: The name that errors carry.
  /// - Throws: `RecordFault` with the line and the field of the first fault: another header, a line with more or fewer
  ///   cells, a value outside its range, an account that stands twice on one side of a market, a file that ends within a
  ///   line, text that is not UTF-8.
  /// - Complexity: O(bytes).
  public static func accounts(_ bytes: [UInt8], file: String) throws(RecordFault) -> Accounts {
    var accounts: [Account] = []
    var seen: [Position: Int] = [:]
    var hasHeader = false
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    let rest = lines.popLast() ?? []

    for (number, line) in zip(1..., lines) {
      let place = Place(file: file, line: number)
      let cells = try cells(of: line.last == 0x0D ? line.dropLast() : line, at: place)
      if cells == [""] { continue }
      guard hasHeader else {
        guard cells == columns else {
          throw place.fault("record", "the header must be \(columns.joined(separator: ","))")
        }
        hasHeader = true
        continue
      }
      let account = try account(cells, at: place)
      if let first = seen.updateValue(number, forKey: Position(account)) {
        throw place.fault(
          "account", "'\(account.id)' has a position on this side of \(account.market) in line \(first)")
      }
      accounts.append(account)
    }
    if !rest.isEmpty {
      throw Place(file: file, line: lines.count + 1).fault("record", "the file ends within this line")
    }
    guard hasHeader else {
      throw Place(file: file, line: 1).fault("record", "the header \(columns.joined(separator: ",")) is missing")
    }
    return Accounts(accounts)
  }

  /// What may stand in a file once.
  private struct Position: Hashable {
    let id: String
    let market: MarketName
    let side: LiquidationSide

    init(_ account: Account) {
      (id, market, side) = (account.id, account.market, account.side)
    }
  }

  private struct Place {
    let file: String
    let line: Int

    func fault(_ field: String, _ reason: String) -> RecordFault {
      RecordFault(file: file, line: line, field: field, reason: reason)
    }
  }

  private static func account(_ cells: [String], at place: Place) throws(RecordFault) -> Account {
    guard cells.count == columns.count else {
      throw place.fault("record", "needs \(columns.count) cells, has \(cells.count)")
    }
    if cells[0].isEmpty { throw place.fault("account", "is empty") }
    guard let market = MarketName(cells[1]) else { throw place.fault("market", MarketName.fault) }
    let side: LiquidationSide
    switch cells[2] {
    case "long": side = .sell
    case "short": side = .buy
    default: throw place.fault("side", "'\(cells[2])' is neither long nor short")
    }
    let limit = Account.largestNotional
    guard let notional = number(cells[3]), notional > 0, notional <= limit else {
      throw place.fault("notional", "'\(cells[3])' is not a number above 0, at most \(limit)")
    }
    guard let equity = number(cells[4]), abs(equity) <= limit,
      let account = Account(id: cells[0], market: market, side: side, notional: notional, equity: equity)
    else { throw place.fault("equity", "'\(cells[4])' is not a number from \(-limit) to \(limit)") }
    return account
  }

  /// A number in decimal digits, with or without a sign, a point and an exponent.
  private static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text)
  }

  /// The cells of a line.
  private static func cells(of line: ArraySlice<UInt8>, at place: Place) throws(RecordFault) -> [String] {
    guard let text = String(validating: line, as: UTF8.self) else { throw place.fault("record", "is not UTF-8 text") }
    var cells: [String] = []
    var rest = text.unicodeScalars[...]
    repeat {
      let cell = rest.first == "\"" ? quotedCell(&rest) : plainCell(&rest)
      guard let cell, rest.first ?? "," == "," else {
        throw place.fault(columns.indices.contains(cells.count) ? columns[cells.count] : "record", "has a stray quote")
      }
      cells.append(cell)
    } while rest.popFirst() != nil
    return cells
  }

  /// The text up to the next comma; nil when a quote stands in it.
  private static func plainCell(_ rest: inout Substring.UnicodeScalarView) -> String? {
    let cell = rest.prefix { $0 != "," }
    rest = rest[cell.endIndex...]
    return cell.contains("\"") ? nil : String(cell)
  }

  /// The text between quotes; nil when the closing one is missing.
  private static func quotedCell(_ rest: inout Substring.UnicodeScalarView) -> String? {
    var cell = String.UnicodeScalarView()
    rest = rest.dropFirst()
    while let scalar = rest.popFirst() {
      if scalar != "\"" {
        cell.append(scalar)
      } else if rest.first == "\"" {
        cell.append(scalar)
        rest = rest.dropFirst()
      } else {
        return String(cell)
      }
    }
    return nil
  }
}
