internal import Features
internal import Labels
internal import Learning
internal import LinearModels
internal import Markets

extension ModelArtefact {
  /// What does not fit together, in words; nil when every part fits, so that scoring cannot leave a list's range.
  ///
  /// A model reads feature rows by position, so a program whose catalogue has changed must refuse it rather than feed it
  /// other features.
  var inconsistency: String? {
    let catalogue = FeatureSchema(configuration: features)
    guard schema.definitions.map({ [$0.name, $0.unit] }) == catalogue.definitions.map({ [$0.name, $0.unit] }) else {
      return "the model was trained on features that this program does not compute"
    }
    for group in groups where thresholds[group.market] == nil { return "\(group.market) has no threshold" }
    if let wrong = inputs.inconsistency(with: schema) { return wrong }
    if classifier.columnNames != inputs.names { return "the classifier reads other columns than the inputs name" }
    if let wrong = originInconsistency { return wrong }
    if Set(groups).count != groups.count { return "a group stands twice" }
    if let closeOut, let wrong = closeOut.inputs.inconsistency(with: schema) ?? closeOut.inconsistency { return wrong }
    if let ladder = closeOut?.ladder, ladder.rungs[ladder.ownRung].notional != task.closeOut?.notional {
      return "the close-out ladder has another size of its own than the task"
    }
    for entry in baselines {
      if let wrong = entry.baseline.inconsistency(with: schema) { return "baseline \(entry.name): \(wrong)" }
    }
    return nil
  }

  /// What does not fit how the model came about.
  private var originInconsistency: String? {
    switch origin {
    case .trained(let training):
      if training.families.picked != classifier.family {
        return "the training picked another family than the classifier's"
      }
      if let boosting = training.boosting, boosting.constraints.count != inputs.columns.count {
        return "\(boosting.constraints.count) constraints for \(inputs.columns.count) columns"
      }
      return nil
    case .imported:
      if classifier.family != .boosting { return "an imported classifier must be trees" }
      if closeOut != nil { return "an imported model has no close-out quantiles" }
      let isUncalibrated = calibrator == .identity && interval == nil
      return isUncalibrated ? nil : "nothing can have calibrated an imported classifier"
    }
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
