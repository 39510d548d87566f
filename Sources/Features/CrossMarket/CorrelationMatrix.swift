import Checkpoints
import Markets

/// The exponentially weighted covariance of all markets' returns, observed at different times.
///
/// Products are those of `HayashiYoshida`, with weights that decay by time.
struct CorrelationMatrix: Sendable {
  private let halfLife: Double
  private var lastTime: Timestamp?
  /// Symmetric, by market number.
  private var covariances: [[Double]] = []
  /// Σ w and Σ w² of each market's returns.
  private var weights: [Double] = []
  private var squaredWeights: [Double] = []

  init(halfLife: TimeSpan) {
    self.halfLife = halfLife.seconds
  }

  mutating func observe(_ arrival: Arrival, _ state: borrowing CrossMarketState) {
    while weights.count < state.markets.count {
      for market in covariances.indices { covariances[market].append(0) }
      weights.append(0)
      squaredWeights.append(0)
      covariances.append([Double](repeating: 0, count: weights.count))
    }
    guard let step = arrival.step else { return }
    fade(to: arrival.time)
    let market = arrival.market
    covariances[market][market] += step * step
    weights[market] += 1
    squaredWeights[market] += 1
    for other in weights.indices where other != market {
      guard let reading = state.latest[other] else { continue }
      let product = step * arrival.news(from: other, reading)
      if product.isNaN { continue }
      covariances[market][other] += product
      covariances[other][market] += product
    }
  }

  private mutating func fade(to time: Timestamp) {
    let weight = decay(over: lastTime.map { (time - $0).seconds } ?? 0, halfLife: halfLife)
    lastTime = time
    if weight == 1 { return }
    for market in weights.indices {
      weights[market] *= weight
      squaredWeights[market] *= weight * weight
      for other in weights.indices { covariances[market][other] *= weight }
    }
  }

  /// The shrunk correlations of the markets that moved and are among `candidates`.
  ///
  /// Off-diagonal correlations are multiplied by 1 − λ, `λ = Σ (1 − r²)²/n / Σ r²` within 0 to 1, `n = (Σw)²/Σw²`: the
  /// Ledoit-Wolf intensity for the identity as target, J. Schäfer, K. Strimmer, Statistical Applications in Genetics and
  /// Molecular Biology 4 (2005), doi:10.2202/1544-6115.1175, with the variance of a correlation of normal returns.
  func shrunk(among candidates: [Int]) -> ShrunkCorrelation {
    let members = candidates.filter { covariances[$0][$0] > 0 && squaredWeights[$0] > 0 }
    var result = ShrunkCorrelation(
      correlations: [Double](repeating: 1, count: members.count * members.count),
      deviations: members.map { covariances[$0][$0].squareRoot() })
    var variance = 0.0
    var squares = 0.0
    for i in members.indices {
      for j in 0..<i {
        let scale = result.deviations[i] * result.deviations[j]
        let correlation = max(-1, min(1, covariances[members[i]][members[j]] / scale))
        result[i, j] = correlation
        let unexplained = 1 - correlation * correlation
        variance += unexplained * unexplained / min(effectiveCount(members[i]), effectiveCount(members[j]))
        squares += correlation * correlation
      }
    }
    let intensity = squares > 0 ? min(1, variance / squares) : 1
    for i in members.indices {
      for j in 0..<i { result[i, j] *= 1 - intensity }
    }
    return result
  }

  private func effectiveCount(_ market: Int) -> Double {
    weights[market] * weights[market] / squaredWeights[market]
  }
}

/// A correlation matrix after shrinkage.
struct ShrunkCorrelation: Sendable {
  /// Symmetric, `order × order`.
  private(set) var correlations: [Double]
  /// Square roots of the variances.
  let deviations: [Double]

  init(correlations: [Double], deviations: [Double]) {
    self.correlations = correlations
    self.deviations = deviations
  }

  var order: Int { deviations.count }

  subscript(i: Int, j: Int) -> Double {
    get { correlations[i * order + j] }
    set {
      correlations[i * order + j] = newValue
      correlations[j * order + i] = newValue
    }
  }

  /// The covariance matrix with these correlations.
  var covariances: [Double] {
    var result = correlations
    for i in 0..<order {
      for j in 0..<order { result[i * order + j] *= deviations[i] * deviations[j] }
    }
    return result
  }

  /// The mean of the off-diagonal correlations; NaN below two markets.
  var average: Double {
    var mean = Mean()
    for i in 0..<order {
      for j in 0..<i { mean.add(self[i, j]) }
    }
    return mean.value
  }
}

extension CorrelationMatrix: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&lastTime)
    try archive.exchange(&covariances)
    try archive.exchange(&weights)
    try archive.exchange(&squaredWeights)
    guard squaredWeights.count == weights.count, covariances.count == weights.count,
      covariances.allSatisfy({ $0.count == weights.count })
    else { throw StateFault("the covariances of the markets are not square") }
  }
}
