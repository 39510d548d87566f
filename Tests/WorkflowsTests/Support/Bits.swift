import Features
import Markets

/// One row of features as bits, so that NaN equals NaN and −0 differs from 0.
struct RowBits: Equatable {
  let time: Timestamp
  let market: MarketName
  let sell: [UInt64]
  let buy: [UInt64]

  init(_ row: FeatureRow) {
    time = row.time
    market = row.market
    sell = row.values.sell.map(\.bitPattern)
    buy = row.values.buy.map(\.bitPattern)
  }
}
