import Checkpoints
import Markets

/// The exponentially weighted covariance of all markets' returns, observed at different times.
///
/// Products are those of `HayashiYoshida`, with weights that decay by time.
struct CorrelationMatrix: Sendable {
  private let halfLife: Double
  private var lastTime: Timestamp?
  /// The number of markets.
  private var order = 0
  /// Symmetric, `order × order`, by market number.
  private var covariances: [Double] = []
  /// Σ w and Σ w² of each market's returns.
  private var weights: [Double] = []
  private var squaredWeights: [Double] = []

  init(halfLife: TimeSpan) {
    self.halfLife = halfLife.seconds
  }

  mutating func observe(_ arrival: Arrival, _ state: borrowing CrossMarketState) {
    if order < state.markets.count { grow(to: state.markets.count) }
    guard let step = arrival.step else { return }
    fade(to: arrival.time)
    let market = arrival.market
    covariances[market * order + market] += step * step
    weights[market] += 1
    squaredWeights[market] += 1
    for other in weights.indices where other != market {
      let product = step * state.news(from: other, arrival)
      if product.isNaN { continue }
      covariances[market * order + other] += product
      covariances[other * order + market] += product
    }
  }

  private mutating func grow(to count: Int) {
    var larger = [Double](repeating: 0, count: count * count)
    for row in 0..<order {
      for column in 0..<order { larger[row * count + column] = covariances[row * order + column] }
    }
    let added = [Double](repeating: 0, count: count - order)
    (order, covariances) = (count, larger)
    weights += added
    squaredWeights += added
  }

  private mutating func fade(to time: Timestamp) {
    let weight = decay(over: lastTime.map { (time - $0).seconds } ?? 0, halfLife: halfLife)
    lastTime = time
    if weight == 1 { return }
    for market in weights.indices {
      weights[market] *= weight
      squaredWeights[market] *= weight * weight
    }
    for element in covariances.indices { covariances[element] *= weight }
  }

  /// Fills in the shrunk correlations of the markets that moved and are among `candidates`.
  ///
  /// Off-diagonal correlations are multiplied by 1 − λ, `λ = Σ (1 − r²)²/n / Σ r²` within 0 to 1, `n = (Σw)²/Σw²`: the
  /// Ledoit-Wolf intensity for the identity as target, J. Schäfer, K. Strimmer, Statistical Applications in Genetics and
  /// Molecular Biology 4 (2005), doi:10.2202/1544-6115.1175, with the variance of a correlation of normal returns.
  func shrink(_ candidates: [Int], into result: inout ShrunkCorrelation) {
    result.reset(to: candidates) { covariances[$0 * order + $0] > 0 && squaredWeights[$0] > 0 }
    for i in result.members.indices {
      let member = result.members[i]
      result.deviations[i] = covariances[member * order + member].squareRoot()
      result.effectiveCounts[i] = weights[member] * weights[member] / squaredWeights[member]
    }
    var variance = 0.0
    var squares = 0.0
    for i in result.members.indices {
      for j in 0..<i {
        let (row, column) = (result.members[i], result.members[j])
        let scale = result.deviations[i] * result.deviations[j]
        let correlation = max(-1, min(1, covariances[row * order + column] / scale))
        result.correlations[i * result.order + j] = correlation
        let unexplained = 1 - correlation * correlation
        variance += unexplained * unexplained / min(result.effectiveCounts[i], result.effectiveCounts[j])
        squares += correlation * correlation
      }
    }
    result.shrink(by: squares > 0 ? min(1, variance / squares) : 1)
  }
}

/// A correlation matrix after shrinkage, whose memory serves one matrix after the other.
struct ShrunkCorrelation: Sendable {
  /// The numbers of the markets, by row.
  fileprivate(set) var members: [Int] = []
  /// Symmetric, `order × order`.
  fileprivate(set) var correlations: [Double] = []
  /// Square roots of the variances.
  fileprivate(set) var deviations: [Double] = []
  /// (Σw)²/Σw² of each row's returns.
  fileprivate var effectiveCounts: [Double] = []
  /// The covariance matrix with these correlations.
  private(set) var covariances: [Double] = []
  /// The mean of the off-diagonal correlations; NaN below two markets.
  private(set) var average = undefined

  var order: Int { members.count }

  fileprivate mutating func reset(to candidates: [Int], where isMember: (Int) -> Bool) {
    members.removeAll(keepingCapacity: true)
    for candidate in candidates where isMember(candidate) { members.append(candidate) }
    if correlations.count == order * order { return }
    correlations = [Double](repeating: 1, count: order * order)
    covariances = correlations
    deviations = [Double](repeating: 0, count: order)
    effectiveCounts = deviations
  }

  /// Shrinks the correlations below the diagonal and completes everything from them.
  fileprivate mutating func shrink(by intensity: Double) {
    var mean = Mean()
    for i in 0..<order {
      correlations[i * order + i] = 1
      covariances[i * order + i] = deviations[i] * deviations[i]
      for j in 0..<i {
        let correlation = correlations[i * order + j] * (1 - intensity)
        mean.add(correlation)
        correlations[i * order + j] = correlation
        correlations[j * order + i] = correlation
        let covariance = correlation * (deviations[i] * deviations[j])
        covariances[i * order + j] = covariance
        covariances[j * order + i] = covariance
      }
    }
    average = mean.value
  }
}

extension CorrelationMatrix: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&lastTime)
    try archive.exchange(&covariances)
    try archive.exchange(&weights)
    try archive.exchange(&squaredWeights)
    order = weights.count
    guard squaredWeights.count == order, covariances.count == order * order else {
      throw StateFault("the covariances of the markets are not square")
    }
  }
}
