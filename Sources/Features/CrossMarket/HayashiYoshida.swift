import Checkpoints
import Markets

/// Correlation of mids that are observed at different times.
///
/// The estimator sums the products of all returns whose intervals overlap. A product is counted when the later of its
/// returns arrives: that return times the other mid's move from the beginning of the interval to now. The interval's end
/// decides whether a return lies in a window.
struct HayashiYoshida: CrossMarketFeatureExtractor {
  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let source = "T. Hayashi, N. Yoshida, Bernoulli 11 (2005), doi:10.3150/bj/1116340299"
    let means = configuration.windows.map {
      define(
        "pair_correlation_\($0)", unit: "correlation, −1 to 1", direction: .increasing, source: source,
        "Mean over the other markets of the Hayashi-Yoshida correlation with this market over the last \($0).")
    }
    guard let reference = configuration.referenceMarket else { return means }
    return means
      + configuration.windows.map {
        define(
          "reference_correlation_\($0)", unit: "correlation, −1 to 1", direction: .increasing, source: source,
          "Hayashi-Yoshida correlation with \(reference) over the last \($0); undefined for \(reference) itself.")
      }
  }

  private let lengths: [TimeSpan]
  private let referenceMarket: MarketName?
  /// Squared returns by market.
  private var variances: [WindowedSum] = []
  /// Products by pair, in the order (1, 0), (2, 0), (2, 1), (3, 0) … of the markets.
  private var products: [WindowedSum] = []
  /// Means under construction, kept for their memory.
  private var means: [Mean]

  init(configuration: FeatureConfiguration) {
    lengths = configuration.windows
    referenceMarket = configuration.referenceMarket
    means = [Mean](repeating: Mean(), count: lengths.count)
  }

  mutating func extract(_ arrival: Arrival, _ state: borrowing CrossMarketState, into row: inout RowWriter) {
    while variances.count < state.markets.count {
      for _ in variances.indices { products.append(WindowedSum(lengths: lengths)) }
      variances.append(WindowedSum(lengths: lengths))
    }
    observe(arrival, state)
    if variances.count > 1 {
      for market in variances.indices { variances[market].total(at: arrival.time) }
    }
    let reference = referenceMarket.flatMap { state.number(of: $0) }
    let start = row.count
    row.writeUndefined(count: lengths.count * (referenceMarket == nil ? 1 : 2))
    for window in means.indices { means[window] = Mean() }
    for other in variances.indices where other != arrival.market {
      let pair = Self.pair(other, arrival.market)
      products[pair].advance(to: arrival.time)
      for window in lengths.indices {
        let correlation = correlation(pair, other, arrival.market, window)
        means[window].add(correlation)
        if other == reference {
          row.replace(start + lengths.count + window, with: BySide(sell: correlation, buy: correlation))
        }
      }
    }
    for window in lengths.indices {
      row.replace(start + window, with: BySide(sell: means[window].value, buy: means[window].value))
    }
  }

  private mutating func observe(_ arrival: Arrival, _ state: borrowing CrossMarketState) {
    guard let step = arrival.step else { return }
    variances[arrival.market].append(step * step, at: arrival.time)
    for other in state.sightings.indices where other != arrival.market {
      let product = step * state.news(from: other, arrival)
      if !product.isNaN { products[Self.pair(other, arrival.market)].append(product, at: arrival.time) }
    }
  }

  private static func pair(_ market: Int, _ other: Int) -> Int {
    let high = max(market, other)
    return high * (high - 1) / 2 + min(market, other)
  }

  private mutating func correlation(_ pair: Int, _ market: Int, _ other: Int, _ window: Int) -> Double {
    let scale = (variances[market].totals[window] * variances[other].totals[window]).squareRoot()
    return scale > 0 ? max(-1, min(1, products[pair].sum(of: window) / scale)) : undefined
  }
}

/// A sum over sliding windows of its own.
private struct WindowedSum: Sendable {
  private struct Total: WindowSummary {
    let value: Double

    init(_ value: Double) {
      self.value = value
    }

    func joined(with later: Total) -> Total { Total(value + later.value) }
  }

  private var windows: TimeWindows
  private var aggregate: SlidingAggregate<Total>
  /// The sum in each window as of the last time that was asked for; zero for an empty one.
  private(set) var totals: [Double]

  init(lengths: [TimeSpan]) {
    windows = TimeWindows(lengths: lengths)
    aggregate = SlidingAggregate(windowCount: lengths.count)
    totals = [Double](repeating: 0, count: lengths.count)
  }

  mutating func append(_ value: Double, at time: Timestamp) {
    windows.append(time)
    aggregate.append(value, in: windows)
  }

  mutating func advance(to time: Timestamp) { windows.advance(to: time) }

  /// Zero for an empty window.
  mutating func sum(of window: Int) -> Double { aggregate.summary(of: window, in: windows)?.value ?? 0 }

  /// Sums up each window as of a time.
  mutating func total(at time: Timestamp) {
    advance(to: time)
    for window in totals.indices { totals[window] = sum(of: window) }
  }
}

extension HayashiYoshida: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    let blank = WindowedSum(lengths: lengths)
    try archive.exchange(parts: &variances, blank: blank)
    try archive.exchange(parts: &products, blank: blank)
    guard products.count == variances.count * max(0, variances.count - 1) / 2 else {
      throw StateFault("the pairs of markets are not complete")
    }
  }
}

extension WindowedSum: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&windows)
    try archive.exchange(&aggregate)
  }
}
