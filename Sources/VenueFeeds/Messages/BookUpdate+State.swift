package import Checkpoints
internal import Markets

extension BookUpdate: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    let isSnapshot = try Bool(from: &archive)
    self.init(
      isSnapshot ? .snapshot : .delta, of: try MarketName(from: &archive), at: try Timestamp(from: &archive))
    numbers = try SequenceNumbers(from: &archive)
    bids = try [LevelChange](from: &archive)
    asks = try [LevelChange](from: &archive)
    if let bits = try Int64?(from: &archive) { checksum = UInt32(truncatingIfNeeded: bits) }
    depth = try Int?(from: &archive)
  }

  package func write(to archive: inout StateArchive) {
    (kind == .snapshot).write(to: &archive)
    market.write(to: &archive)
    time.write(to: &archive)
    numbers.write(to: &archive)
    bids.write(to: &archive)
    asks.write(to: &archive)
    checksum.map(Int64.init).write(to: &archive)
    depth.write(to: &archive)
  }
}

extension SequenceNumbers: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    self.init(
      first: try Int64?(from: &archive), last: try Int64?(from: &archive), previous: try Int64?(from: &archive))
  }

  package func write(to archive: inout StateArchive) {
    first.write(to: &archive)
    last.write(to: &archive)
    previous.write(to: &archive)
  }
}

extension LevelChange: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    self.init(price: try Double(from: &archive), size: try Double(from: &archive))
    guard let presence = UInt8(exactly: try archive.readBits()).flatMap(Presence.init) else {
      throw StateFault("what a change expects of its level is unknown")
    }
    self.presence = presence
    text = try LevelText(from: &archive)
  }

  package func write(to archive: inout StateArchive) {
    price.write(to: &archive)
    size.write(to: &archive)
    archive.write(UInt64(presence.rawValue))
    text.write(to: &archive)
  }
}

extension LevelText: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    self.init(price: try DecimalText(from: &archive), size: try DecimalText(from: &archive))
  }

  package func write(to archive: inout StateArchive) {
    price.write(to: &archive)
    size.write(to: &archive)
  }
}

extension DecimalText: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    let digits = try archive.readBits()
    guard let places = UInt8(exactly: try archive.readBits()) else {
      throw StateFault("a decimal has too many places")
    }
    self.init(digits: digits, places: places)
  }

  package func write(to archive: inout StateArchive) {
    archive.write(digits)
    archive.write(UInt64(places))
  }
}
