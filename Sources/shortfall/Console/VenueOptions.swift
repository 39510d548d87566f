public import ArgumentParser
internal import MarketData
internal import Markets
public import VenueFeeds
internal import Workflows

/// Lines as a venue sends them, instead of books.
struct VenueOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Read lines as a venue sends them, see docs/venues.md.", valueName: "name"))
  var venue: Venue?

  @Option(help: ArgumentHelp("The market of messages that name none.", valueName: "name"))
  var market: MarketName?

  @Option(
    help: ArgumentHelp("How many levels of each side a rebuilt book shows, 1000 when not given.", valueName: "count"))
  var levels: Int?

  @Option(help: ArgumentHelp("Midnight where the exchange is, from which LOBSTER rows count.", valueName: "time"))
  var midnight: Timestamp?

  @Option(
    help: ArgumentHelp(
      "What a contract of a market is worth: base:0.01 (base units) or quote:100 (quote currency).",
      valueName: "market=unit"))
  var contract: [MarketContract] = []

  func validate() throws {
    if let levels, levels < 1 { throw ValidationError("--levels must be at least 1.") }
    let needsVenue = market != nil || levels != nil || midnight != nil || !contract.isEmpty
    if venue == nil, needsVenue {
      throw ValidationError("--market, --levels, --midnight and --contract describe lines of a --venue.")
    }
  }

  /// Makes sure that not both formats are named.
  func validate(against format: BookFormat?) throws {
    if venue != nil, format != nil {
      throw ValidationError("--format names recorded books and --venue a venue's own lines: give one.")
    }
  }

  /// A reader of a stream's lines.
  func reader() -> StreamReader { feed().map(StreamReader.venue) ?? .canonical }

  /// A feed that has seen nothing; nil when the lines are not a venue's.
  func feed() -> VenueFeed? {
    guard let venue else { return nil }
    var configuration = VenueFeed.Configuration()
    configuration.market = market
    configuration.midnight = midnight
    if let levels { configuration.levels = levels }
    for contract in contract { configuration.contracts[contract.market] = contract.unit }
    return VenueFeed(venue, configuration: configuration)
  }
}

/// A market and what one unit of its size is worth.
struct MarketContract: ExpressibleByArgument {
  let market: MarketName
  let unit: ContractUnit

  /// Reads `XBTUSD=quote:1` or `BTC-USDT-SWAP=base:0.01`.
  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let market = MarketName(String(parts[0])) else { return nil }
    let unit = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    guard unit.count == 2, let amount = Double(unit[1]), amount > 0, amount.isFinite else { return nil }
    switch unit[0] {
    case "base": self.unit = .base(amount)
    case "quote": self.unit = .quote(amount)
    default: return nil
    }
    self.market = market
  }
}

extension Venue: ExpressibleByArgument {}
