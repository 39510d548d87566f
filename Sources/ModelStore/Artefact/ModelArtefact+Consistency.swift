internal import Features
internal import LinearModels

extension ModelArtefact {
  /// What does not fit together, in words; nil when every part fits, so that scoring cannot leave a list's range.
  var inconsistency: String? {
    if let wrong = inputs.inconsistency(with: schema) { return wrong }
    if classifier.columnNames != inputs.names { return "the classifier reads other columns than the inputs name" }
    if Set(groups).count != groups.count { return "a group stands twice" }
    for entry in baselines {
      if let wrong = entry.baseline.inconsistency(with: schema) { return "baseline \(entry.name): \(wrong)" }
    }
    return nil
  }
}

extension ModelInputs {
  fileprivate func inconsistency(with schema: FeatureSchema) -> String? {
    for column in columns {
      guard schema.definitions.indices.contains(column.position) else {
        return "the column '\(column.name)' has no feature at position \(column.position)"
      }
      let name = schema.definitions[column.position].name
      if name != column.name { return "the feature at position \(column.position) is '\(name)', not '\(column.name)'" }
    }
    return nil
  }
}

extension Baseline {
  fileprivate func inconsistency(with schema: FeatureSchema) -> String? {
    switch self {
    case .climatology(let rates): rates.count == 24 ? nil : "\(rates.count) rates for 24 hours"
    case .persistence: nil
    case .logistic(let inputs, let classifier):
      inputs.inconsistency(with: schema)
        ?? (classifier.columnNames == inputs.names ? nil : "the classifier reads other columns than the inputs name")
    }
  }
}
