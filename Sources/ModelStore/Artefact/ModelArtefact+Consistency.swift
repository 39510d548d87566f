internal import Features
internal import Labels
internal import LinearModels
internal import Markets

extension ModelArtefact {
  /// What contradicts itself in a stored model, in words; nil when it fits together and fits this program.
  ///
  /// A model reads feature rows by position, so a program whose catalogue has changed must refuse it rather than feed it
  /// other features.
  var inconsistency: String? {
    let catalogue = FeatureSchema(configuration: features)
    let stored = schema.definitions.map { [$0.name, $0.unit] }
    guard stored == catalogue.definitions.map({ [$0.name, $0.unit] }) else {
      return "the model was trained on features that this program does not compute"
    }
    guard inputs.fit(schema), inputs.names == classifier.columnNames else {
      return "the classifier's columns are not those of its inputs"
    }
    for group in groups where thresholds[group.market] == nil { return "\(group.market) has no threshold" }
    for named in baselines where !named.baseline.fits(schema) {
      return "the baseline \(named.name) does not fit its inputs"
    }
    return nil
  }
}

extension ModelInputs {
  /// Whether every column is the feature of its name.
  fileprivate func fit(_ schema: FeatureSchema) -> Bool {
    columns.allSatisfy { schema.definitions.indices.contains($0.position) && schema.definitions[$0.position].name == $0.name }
  }
}

extension Baseline {
  fileprivate func fits(_ schema: FeatureSchema) -> Bool {
    switch self {
    case .climatology(let rates): rates.count == 24
    case .persistence: true
    case .logistic(let inputs, let classifier): inputs.fit(schema) && inputs.names == classifier.columnNames
    }
  }
}
