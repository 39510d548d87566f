package import Checkpoints

extension Timestamp: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    self.init(nanoseconds: try Int64(from: &archive))
  }

  package func write(to archive: inout StateArchive) { nanoseconds.write(to: &archive) }
}

extension MarketName: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    let text = try archive.readText()
    guard let name = MarketName(text) else { throw StateFault("a market has no name") }
    self = name
  }

  package func write(to archive: inout StateArchive) { archive.write(text) }
}

extension BySide: StateValue where Value: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    self.init(sell: try Value(from: &archive), buy: try Value(from: &archive))
  }

  package func write(to archive: inout StateArchive) {
    sell.write(to: &archive)
    buy.write(to: &archive)
  }
}

extension BookLevel: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    self.init(price: try Double(from: &archive), size: try Double(from: &archive))
  }

  package func write(to archive: inout StateArchive) {
    price.write(to: &archive)
    size.write(to: &archive)
  }
}

extension BookSnapshot: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    let time = try Timestamp(from: &archive)
    let market = try MarketName(from: &archive)
    let bids = try [BookLevel](from: &archive)
    let asks = try [BookLevel](from: &archive)
    guard let book = try? OrderBook(bids: bids, asks: asks) else { throw StateFault("a book of \(market) is none") }
    self.init(time: time, market: market, book: book)
  }

  package func write(to archive: inout StateArchive) {
    time.write(to: &archive)
    market.write(to: &archive)
    book.bids.write(to: &archive)
    book.asks.write(to: &archive)
  }
}

extension LiquidationSide: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    guard let side = LiquidationSide(rawValue: try archive.readText()) else { throw StateFault("a side is none") }
    self = side
  }

  package func write(to archive: inout StateArchive) { archive.write(rawValue) }
}

extension MarginFraction: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    guard let margin = MarginFraction(partsPerMillion: try Int(from: &archive)) else {
      throw StateFault("a margin is not from 0 to 1,000,000 parts per million")
    }
    self = margin
  }

  package func write(to archive: inout StateArchive) { partsPerMillion.write(to: &archive) }
}
