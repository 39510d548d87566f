internal import Boosting
internal import Features
internal import Markets

// Every key is always there, with null for what is undefined; docs/explanation-json.md documents them.

extension ExplanationReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case provenance, model, logOdds, rows, base, tolerance, largestGap, importance, snapshots
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(provenance, forKey: .provenance)
    try container.encode(model, forKey: .model)
    try container.encode(scale, forKey: .logOdds)
    try container.encode(rows, forKey: .rows)
    try container.encode(base, forKey: .base)
    try container.encode(Self.tolerance, forKey: .tolerance)
    try container.encode(largestGap, forKey: .largestGap)
    try container.encode(importance, forKey: .importance)
    try container.encode(snapshots, forKey: .snapshots)
  }
}

extension ExplanationReport.Rows: Encodable {
  private enum CodingKeys: String, CodingKey {
    case from, to, markets, sides, count, known, positives, prevalence
  }

  /// Writes every key, with null for an undefined prevalence.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(from, forKey: .from)
    try container.encode(to, forKey: .to)
    try container.encode(markets, forKey: .markets)
    try container.encode(sides, forKey: .sides)
    try container.encode(count, forKey: .count)
    try container.encode(known, forKey: .known)
    try container.encode(positives, forKey: .positives)
    try container.encode(prevalence, forKey: .prevalence)
  }
}

extension InputImportance: Encodable {
  private enum CodingKeys: String, CodingKey {
    case feature, unit, direction, meanAbsoluteContribution, meanContribution, raising, lowering, share, splits, gain
  }

  /// Writes every key; `splits` and `gain` are null for a model without trees.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(feature, forKey: .feature)
    try container.encode(unit, forKey: .unit)
    try container.encode("\(direction)", forKey: .direction)
    try container.encode(meanAbsolute, forKey: .meanAbsoluteContribution)
    try container.encode(mean, forKey: .meanContribution)
    try container.encode(raising, forKey: .raising)
    try container.encode(lowering, forKey: .lowering)
    try container.encode(share, forKey: .share)
    try container.encode(trees?.splits, forKey: .splits)
    try container.encode(trees?.gain, forKey: .gain)
  }
}

extension SnapshotExplanation: Encodable {
  private enum CodingKeys: String, CodingKey {
    case asked, time, market, side, probability, logOdds, base, gap, inShortfall, outcome, contributions
  }

  /// Writes every key, with null for what is unknown.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(asked, forKey: .asked)
    try container.encode(time, forKey: .time)
    try container.encode(market, forKey: .market)
    try container.encode(side, forKey: .side)
    try container.encode(probability, forKey: .probability)
    try container.encode(logOdds, forKey: .logOdds)
    try container.encode(base, forKey: .base)
    try container.encode(gap, forKey: .gap)
    try container.encode(inShortfall, forKey: .inShortfall)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(steps, forKey: .contributions)
  }
}

extension SnapshotExplanation.Step: Encodable {
  private enum CodingKeys: String, CodingKey {
    case feature, unit, value, contribution, runningSum
  }

  /// Writes every key, with null for an undefined value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(feature, forKey: .feature)
    try container.encode(unit, forKey: .unit)
    try container.encode(value, forKey: .value)
    try container.encode(contribution, forKey: .contribution)
    try container.encode(runningSum, forKey: .runningSum)
  }
}
