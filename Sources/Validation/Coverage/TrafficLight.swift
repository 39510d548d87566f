/// The zone of the Basel back-test that a number of hits falls into.
///
/// Source: Basel Committee on Banking Supervision, "Supervisory framework for the use of backtesting in conjunction
/// with the internal models approach" (1996), generalised from 250 trials at 1 % to any number and rate.
public enum TrafficLight: String, CaseIterable, Hashable, Sendable, Codable {
  /// Correct coverage gives at most this many hits with a probability below 95 %, or there are no hits.
  case green
  /// Between green and red: the hits alone do not decide.
  case yellow
  /// Correct coverage gives at most this many hits with a probability of 99.99 % or more.
  case red

  /// The zone of a number of hits; nil without trials, with more hits than trials, or a rate outside 0 to 1.
  public init?(hits: Int, trials: Int, missRate: Double) {
    guard trials > 0, (0...trials).contains(hits),
      let distribution = BinomialDistribution(trials: trials, probability: missRate)
    else { return nil }
    let cumulative = distribution.cumulative(hits)
    guard !cumulative.isNaN else { return nil }
    if hits == 0 || cumulative < 0.95 {
      self = .green
    } else {
      self = cumulative < 0.9999 ? .yellow : .red
    }
  }

  /// The zone of all hits of the sequences together; nil where the zone of their number is.
  public init?(sequences: [[Bool]], missRate: Double) {
    let hits = sequences.reduce(0) { total, sequence in sequence.reduce(total) { $1 ? $0 + 1 : $0 } }
    self.init(hits: hits, trials: sequences.reduce(0) { $0 + $1.count }, missRate: missRate)
  }
}
