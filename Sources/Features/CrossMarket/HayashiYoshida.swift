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
  /// Products by pair: row `i` holds the markets before `i`.
  private var products: [[WindowedSum]] = []
  /// Means under construction, kept for their memory.
  private var means: [Mean]

  init(configuration: FeatureConfiguration) {
    lengths = configuration.windows
    referenceMarket = configuration.referenceMarket
    means = [Mean](repeating: Mean(), count: lengths.count)
  }

  mutating func extract(_ arrival: Arrival, _ state: borrowing CrossMarketState, into row: inout RowWriter) {
    while variances.count < state.markets.count {
      products.append([WindowedSum](repeating: WindowedSum(lengths: lengths), count: variances.count))
      variances.append(WindowedSum(lengths: lengths))
    }
    observe(arrival, state)
    for market in variances.indices { variances[market].advance(to: arrival.time) }
    let reference = referenceMarket.flatMap { state.number(of: $0) }
    let start = row.count
    row.writeUndefined(count: lengths.count * (referenceMarket == nil ? 1 : 2))
    for window in means.indices { means[window] = Mean() }
    for other in variances.indices where other != arrival.market {
      let (high, low) = (max(other, arrival.market), min(other, arrival.market))
      products[high][low].advance(to: arrival.time)
      for window in lengths.indices {
        let correlation = correlation(high, low, window)
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
    for other in state.latest.indices where other != arrival.market {
      guard let reading = state.latest[other] else { continue }
      let product = step * arrival.news(from: other, reading)
      if product.isNaN { continue }
      products[max(other, arrival.market)][min(other, arrival.market)].append(product, at: arrival.time)
    }
  }

  private mutating func correlation(_ high: Int, _ low: Int, _ window: Int) -> Double {
    let scale = (variances[high].sum(of: window) * variances[low].sum(of: window)).squareRoot()
    return scale > 0 ? max(-1, min(1, products[high][low].sum(of: window) / scale)) : undefined
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

  init(lengths: [TimeSpan]) {
    windows = TimeWindows(lengths: lengths)
    aggregate = SlidingAggregate(windowCount: lengths.count)
  }

  mutating func append(_ value: Double, at time: Timestamp) {
    windows.append(time)
    aggregate.append(value, in: windows)
  }

  mutating func advance(to time: Timestamp) { windows.advance(to: time) }

  /// Zero for an empty window.
  mutating func sum(of window: Int) -> Double { aggregate.summary(of: window, in: windows)?.value ?? 0 }
}

extension HayashiYoshida: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    let blank = WindowedSum(lengths: lengths)
    try archive.exchange(parts: &variances, blank: blank)
    if archive.direction == .reading { products = [[WindowedSum]](repeating: [], count: variances.count) }
    for market in products.indices {
      try archive.exchange(parts: &products[market], blank: blank)
      if products[market].count != market { throw StateFault("the pairs of markets are not complete") }
    }
  }
}

extension WindowedSum: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&windows)
    try archive.exchange(&aggregate)
  }
}
