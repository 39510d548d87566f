internal import Learning

/// The fitted map from raw columns to the columns of a linear model.
///
/// A value that is not finite is replaced by the training median of its group; then every value is centred, scaled
/// and clipped, and further columns are made from it. All statistics are those of the training rows, unweighted.
/// A group without training rows uses the medians over all rows.
public struct Design: Hashable, Sendable {
  /// A column of the linear model.
  public struct Term: Hashable, Sendable {
    /// The index of the raw column.
    public let column: Int
    /// The shape that bends the scaled value; nil for the scaled value itself.
    public let expansion: DesignConfiguration.Expansion?
    /// What the shape's value is divided by; 1 for the scaled value itself.
    public let scale: Double
    /// The mean of the term over the training rows, from which contributions are counted.
    public let mean: Double
  }

  /// A raw column that the model does not use, and so has a coefficient of zero.
  public struct DroppedTerm: Codable, Hashable, Sendable {
    /// Why a column says nothing.
    public enum Reason: String, Codable, Sendable {
      /// No training row has a finite value.
      case undefined
      /// All training rows have the same value after centring.
      case constant
    }

    /// The name of the term.
    public let name: String
    /// Why it is not used.
    public let reason: Reason

    /// Creates a record.
    public init(name: String, reason: Reason) {
      self.name = name
      self.reason = reason
    }
  }

  /// The configuration that was fitted.
  public let configuration: DesignConfiguration
  /// The names of the raw columns.
  public let columnNames: [String]
  /// The number of groups with medians of their own.
  public let groupCount: Int
  /// For each raw column the median of each group, then that over all rows.
  let medians: [Double]
  /// What the centred values of each raw column are divided by.
  let scales: [Double]
  /// The columns of the linear model, plain ones first.
  public let terms: [Term]
  /// The columns that are not used, in the same order.
  public let dropped: [DroppedTerm]

  init(
    configuration: DesignConfiguration, columnNames: [String], groupCount: Int, medians: [Double], scales: [Double],
    terms: [Term], dropped: [DroppedTerm]
  ) {
    self.configuration = configuration
    self.columnNames = columnNames
    self.groupCount = groupCount
    self.medians = medians
    self.scales = scales
    self.terms = terms
    self.dropped = dropped
  }

  /// The names of the terms: that of the column, with the shape and its knot where there is one.
  public var termNames: [String] {
    terms.map { Self.name(column: columnNames[$0.column], expansion: $0.expansion) }
  }

  static func name(column: String, expansion: DesignConfiguration.Expansion?) -> String {
    guard let expansion else { return column }
    return "\(column).\(expansion.kind.rawValue)(\(expansion.knot))"
  }

  /// Where the medians of a group stand among those of a column; the last place is that over all rows.
  func place(ofGroup group: Int) -> Int {
    group >= 0 && group < groupCount ? group : groupCount
  }

  /// The training median that stands for an undefined value of the column in the group.
  public func median(column: Int, group: Int) -> Double {
    medians[column * (groupCount + 1) + place(ofGroup: group)]
  }
}

extension Design.Term: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case column, expansion, scale, mean }

  /// Reads a term; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    column = try values.decode(Int.self, forKey: .column)
    expansion = try values.decodeIfPresent(DesignConfiguration.Expansion.self, forKey: .expansion)
    scale = try values.decode(Double.self, forKey: .scale)
    mean = try values.decode(Double.self, forKey: .mean)
  }
}

extension Design: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case configuration, columnNames, groupCount, medians, scales, terms, dropped
  }

  /// Reads a design and checks that its parts fit together; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    configuration = try values.decode(DesignConfiguration.self, forKey: .configuration)
    columnNames = try values.decode([String].self, forKey: .columnNames)
    groupCount = try values.decode(Int.self, forKey: .groupCount)
    medians = try values.decode([Double].self, forKey: .medians)
    scales = try values.decode([Double].self, forKey: .scales)
    terms = try values.decode([Term].self, forKey: .terms)
    dropped = try values.decode([DroppedTerm].self, forKey: .dropped)
    let columnCount = columnNames.count
    guard groupCount >= 0, groupCount < Int(Int32.max) else { throw decoder.corrupted("the number of groups is wrong") }
    guard medians.count == columnCount * (groupCount + 1), medians.allSatisfy(\.isFinite) else {
      throw decoder.corrupted("each column needs a finite median for each group and one over all")
    }
    guard scales.count == columnCount, scales.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw decoder.corrupted("each column needs a scale above zero")
    }
    for term in terms {
      guard columnNames.indices.contains(term.column), term.scale > 0, term.scale.isFinite, term.mean.isFinite else {
        throw decoder.corrupted("a term needs a column, a scale above zero and a mean")
      }
    }
  }
}
