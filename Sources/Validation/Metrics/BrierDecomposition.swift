/// The Brier score and what it is made of, over the bins of the reliability table.
///
/// `score = reliability − resolution + uncertainty + withinBins`. The first three are Murphy's terms for bins; the last
/// is the part that binning hides (forecasts that differ inside a bin) and vanishes when each bin holds one
/// probability. Source: A. H. Murphy, doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2; D. B. Stephenson et al.,
/// doi:10.1175/2007WAF2006116.1.
public struct BrierDecomposition: Hashable, Sendable, Codable {
  /// The mean of (p − y)², 0 to 1.
  public let score: Double
  /// The mean squared distance between a bin's mean probability and its event rate; 0 is calibrated.
  public let reliability: Double
  /// The mean squared distance between a bin's event rate and the overall rate; more is better.
  public let resolution: Double
  /// The variance of the outcome, rate · (1 − rate).
  public let uncertainty: Double
  /// The remainder that keeps the identity exact.
  public let withinBins: Double

  /// The decomposition over bins that hold every row exactly once; nil without rows.
  init?(score: Double, bins: [ReliabilityBin]) {
    let rows = bins.reduce(0.0) { $0 + Double($1.rows) }
    guard rows > 0 else { return nil }
    let rate = bins.reduce(0.0) { $0 + Double($1.positives) } / rows
    var reliability = 0.0
    var resolution = 0.0
    for bin in bins {
      let share = Double(bin.rows) / rows
      let observed = Double(bin.positives) / Double(bin.rows)
      reliability += share * (bin.meanProbability - observed) * (bin.meanProbability - observed)
      resolution += share * (observed - rate) * (observed - rate)
    }
    self.score = score
    self.reliability = reliability
    self.resolution = resolution
    self.uncertainty = rate * (1 - rate)
    self.withinBins = score - (reliability - resolution + rate * (1 - rate))
  }
}
