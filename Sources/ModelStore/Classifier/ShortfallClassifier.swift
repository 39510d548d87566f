public import Boosting
public import Learning
public import LinearModels

/// A fitted model of any family.
public enum ShortfallClassifier: BinaryModel, Hashable {
  /// A logistic regression.
  case linear(LinearClassifier)
  /// A sum of trees.
  case boosted(BoostedClassifier)
  /// A weighted mean of both.
  case blend(BlendedClassifier)

  /// The kind of model.
  public var family: ModelFamily {
    switch self {
    case .linear: .logistic
    case .boosted: .boosting
    case .blend: .blend
    }
  }

  /// The logistic regression, alone or in a blend.
  public var linear: LinearClassifier? {
    switch self {
    case .linear(let model): model
    case .boosted: nil
    case .blend(let model): model.linear
    }
  }

  /// The trees, alone or in a blend.
  public var boosted: BoostedClassifier? {
    switch self {
    case .linear: nil
    case .boosted(let model): model
    case .blend(let model): model.boosted
    }
  }

  /// The names of the columns, in the order of a row's values.
  public var columnNames: [String] {
    switch self {
    case .linear(let model): model.columnNames
    case .boosted(let model): model.columnNames
    case .blend(let model): model.columnNames
    }
  }

  /// The number of columns.
  public var columnCount: Int {
    switch self {
    case .linear(let model): model.columnCount
    case .boosted(let model): model.columnCount
    case .blend(let model): model.columnCount
    }
  }

  /// The log-odds of an average training row, from which contributions count: the base of every explanation.
  public var base: Double {
    switch self {
    case .linear(let model): model.base
    case .boosted(let model): model.base
    case .blend(let model): model.base
    }
  }

  /// The log-odds of the event; nothing is allocated.
  public func logOdds(of row: Span<Double>, group: Int) -> Double {
    switch self {
    case .linear(let model): model.logOdds(of: row, group: group)
    case .boosted(let model): model.logOdds(of: row, group: group)
    case .blend(let model): model.logOdds(of: row, group: group)
    }
  }

  /// The log-odds of two rows, the bits of one at a time; trees are walked by both together, and nothing is allocated.
  public func logOdds(
    of first: Span<Double>, _ second: Span<Double>, groups: (first: Int, second: Int)
  ) -> (Double, Double) {
    switch self {
    case .linear(let model):
      (model.logOdds(of: first, group: groups.first), model.logOdds(of: second, group: groups.second))
    case .boosted(let model): model.logOdds(of: first, second)
    case .blend(let model): model.logOdds(of: first, second, groups: groups)
    }
  }

  /// The contributions of the columns, as the family defines them.
  public func explain(_ row: Span<Double>, group: Int) -> Explanation {
    switch self {
    case .linear(let model): model.explain(row, group: group)
    case .boosted(let model): model.explain(row, group: group)
    case .blend(let model): model.explain(row, group: group)
    }
  }
}

extension ShortfallClassifier: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case family, linear, boosted, blend }

  /// Reads `family` and the model under the key that belongs to it; other keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let family = try values.decode(ModelFamily.self, forKey: .family)
    let (key, model): (CodingKeys, ShortfallClassifier) =
      switch family {
      case .logistic: (.linear, .linear(try values.decode(LinearClassifier.self, forKey: .linear)))
      case .boosting: (.boosted, .boosted(try values.decode(BoostedClassifier.self, forKey: .boosted)))
      case .blend: (.blend, .blend(try values.decode(BlendedClassifier.self, forKey: .blend)))
      }
    if let stray = CodingKeys.allCases.first(where: { $0 != .family && $0 != key && values.contains($0) }) {
      throw decoder.corrupted("'\(stray.rawValue)' does not belong to the family '\(family.rawValue)'")
    }
    self = model
  }

  /// Writes `family` and the model.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(family, forKey: .family)
    switch self {
    case .linear(let model): try values.encode(model, forKey: .linear)
    case .boosted(let model): try values.encode(model, forKey: .boosted)
    case .blend(let model): try values.encode(model, forKey: .blend)
    }
  }
}
