internal import MarketData

/// The checksum that a venue sends with its books.
package enum BookChecksum: Sendable {
  /// OKX: the 25 best levels, `bid:size:ask:size` level by level, each number as sent; CRC-32.
  case okx
  /// Kraken: the 10 best asks, then the 10 best bids, price and size without point and leading zeros; CRC-32.
  case kraken

  /// The checksum of a book whose levels stand worst first.
  package func value(bids: [LevelText], asks: [LevelText]) -> UInt32 {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1_024)
    switch self {
    case .okx:
      for depth in 1...25 {
        for side in [bids, asks] where depth <= side.count {
          let level = side[side.count - depth]
          if !bytes.isEmpty { bytes.append(UInt8(ascii: ":")) }
          level.price.append(to: &bytes)
          bytes.append(UInt8(ascii: ":"))
          level.size.append(to: &bytes)
        }
      }
    case .kraken:
      for side in [asks, bids] {
        for level in side.suffix(10).reversed() {
          level.price.appendDigits(to: &bytes)
          level.size.appendDigits(to: &bytes)
        }
      }
    }
    return crc32(of: bytes)
  }
}
