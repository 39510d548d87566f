public import Features

/// The catalogue of features as a table.
public struct FeatureCatalogueText {
  private let schema: FeatureSchema

  /// Creates the text of a schema.
  public init(_ schema: FeatureSchema) {
    self.schema = schema
  }

  /// One line for each feature, in the order of the matrix.
  public func text(_ style: TextTable.Style = .plain) -> String {
    var table = TextTable([
      ("name", .left), ("unit", .left), ("risk", .left), ("family", .left), ("definition", .left), ("source", .left),
    ])
    for definition in schema.definitions {
      table.append([
        definition.name, definition.unit, definition.direction.words, definition.family.rawValue,
        definition.definition, definition.source,
      ])
    }
    return table.text(style)
  }
}

extension MonotoneDirection {
  /// What the risk does in theory as the feature rises.
  var words: String {
    switch self {
    case .increasing: "rises"
    case .decreasing: "falls"
    case .none: Figures.absent
    }
  }
}
