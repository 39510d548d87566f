import Markets
import Sampling

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Turns a market's state into the levels that a recorder sees.
///
/// Prices stand on whole ticks: the touch on any, three close levels on quarters of the level spacing, the rest on
/// multiples of it, so that levels keep their prices from snapshot to snapshot.
struct BookRendering: Sendable {
  private static let closeLevels = 3
  /// How long one level's share of the depth lasts, in seconds.
  private static let orderLife = 900.0

  private let instrument: SimulatedInstrument
  private let levels: Int
  private let noise: Double
  private let seed: UInt64
  private let regimes: RegimeTable

  init(configuration: SimulationConfiguration, market: Int) {
    instrument = configuration.instruments[market]
    levels = configuration.recorder.levels
    noise = configuration.liquidity.levelNoise
    regimes = configuration.regimes
    var generator = SeededGenerator(seed: configuration.seed, stream: RandomStream.market(market, .levels))
    seed = generator.next()
  }

  /// The book at `time` seconds after the start; nil when the levels do not form one, which no valid state leads to.
  func book(of market: MarketDynamics, time: Double) -> OrderBook? {
    let mid = instrument.price * exp(market.logPrice)
    let thinness = 1 / min(1, max(0.05, (market.depth.sell * market.depth.buy).squareRoot()))
    let half = min(0.5, instrument.halfSpread * regimes[market.regime].spread * thinness.squareRoot())
    let scale = Double(instrument.ticksPerUnit)
    let bid = max(1, (mid * (1 - half) * scale).rounded(.down))
    let ask = max((mid * (1 + half) * scale).rounded(.up), bid + 1)
    let bids = side(.sell, touch: bid, mid: mid, depth: market.depth.sell, time: time)
    let asks = side(.buy, touch: ask, mid: mid, depth: market.depth.buy, time: time)
    return try? OrderBook(bids: bids, asks: asks)
  }

  private func side(
    _ side: LiquidationSide, touch: Double, mid: Double, depth: Double, time: Double
  ) -> [BookLevel] {
    var result: [BookLevel] = []
    result.reserveCapacity(levels)
    let scale = Double(instrument.ticksPerUnit)
    var ticks = touch
    var covered = 0.0
    for index in 0..<levels {
      if index > 0 { ticks = next(after: ticks, index: index, side: side) }
      guard ticks >= 1 else { break }
      let price = ticks / scale
      let distance = abs(price - mid) / mid / DepthProfile.unit
      let reached = DepthProfile.notional(within: distance)
      let share = (reached - covered) * levelNoise(ticks: ticks, side: side, time: time)
      covered = reached
      let lots = (share * depth * instrument.depth / price * Double(instrument.lotsPerUnit)).rounded()
      result.append(BookLevel(price: price, size: max(1, lots) / Double(instrument.lotsPerUnit)))
    }
    return result
  }

  /// The next price away from the mid, in ticks.
  private func next(after ticks: Double, index: Int, side: LiquidationSide) -> Double {
    let isClose = index <= Self.closeLevels
    let spacing = Double(isClose ? instrument.levelSpacing / (Self.closeLevels + 1) : instrument.levelSpacing)
    let steps = ticks / spacing
    return side == .sell ? (steps.rounded(.up) - 1) * spacing : (steps.rounded(.down) + 1) * spacing
  }

  /// A lognormal factor of mean 1 that belongs to the price level and lasts about the life of its orders.
  private func levelNoise(ticks: Double, side: LiquidationSide, time: Double) -> Double {
    let price = UInt64(bitPattern: Int64(ticks)) &* 2 &+ (side == .sell ? 0 : 1)
    let phase = Double(price &* 0x9E37_79B9_7F4A_7C15 >> 11) * 0x1p-53
    let epoch = UInt64(bitPattern: Int64((time / Self.orderLife + phase).rounded(.down)))
    var generator = SeededGenerator(seed: seed ^ price, stream: epoch)
    return exp(noise * generator.normal() - noise * noise / 2)
  }
}
