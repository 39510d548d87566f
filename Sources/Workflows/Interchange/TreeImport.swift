internal import Boosting
internal import Learning
public import ModelStore
internal import Reporting

/// Puts trees that were trained elsewhere in the place of a stored model's classifier.
public enum TreeImport {
  /// The line that an imported model's configuration begins with.
  private static let configurationNote =
    "# Of the model that task, features and inputs were taken from; the trees were imported and not trained by it.\n"

  /// A model with the task, thresholds, features, inputs, groups and baselines of another, and the trees of a LightGBM
  /// text model.
  ///
  /// The file's columns are matched with the inputs by name, or in their order when it names none. What was fitted to the
  /// other model's classifier, such as its calibrator, is left out; the new one is named `<name>-imported`.
  ///
  /// - Parameters:
  ///   - contents: The bytes of the file.
  ///   - path: The file's path, of which the last component is recorded.
  /// - Throws: `InterchangeFailure` when the file cannot be read or its columns are not the inputs.
  public static func lightGBM(
    _ contents: [UInt8], path: String, like template: StoredModel, talk: any Talk = Silence()
  ) throws(InterchangeFailure) -> StoredModel {
    let trees = try parse(contents, path: path)
    let other = template.artefact
    let match = try ColumnMatch(columns: trees.columnNames, inputs: other.inputs.names, file: path)
    guard let moved = trees.moved(to: other.inputs.names, positions: match.positions) else {
      throw .unreadable("\(path): the trees do not fit the model's inputs")
    }
    if match.matching == .inOrder {
      talk.step("\(path) names no columns; they are taken in the order of the inputs: \(list(other.inputs.names))")
    }
    let fileName = path.split(separator: "/").last.map(String.init) ?? path
    let record = ImportRecord(
      fileName: fileName, contents: contents, format: .lightGBM, matching: match.matching,
      template: ImportRecord.Template(other))
    let artefact = ModelArtefact(
      name: name(of: other), provenance: other.provenance, task: other.task, thresholds: other.thresholds,
      features: other.features, schema: other.schema, groups: other.groups, inputs: other.inputs,
      classifier: .boosted(BoostedClassifier(moved)), calibrator: .identity, baselines: other.baselines,
      origin: .imported(record))
    return StoredModel(
      artefact: artefact, card: ModelCard(artefact).markdown(), configuration: configuration(of: template))
  }

  private static func parse(_ contents: [UInt8], path: String) throws(InterchangeFailure) -> TreeEnsemble {
    guard let text = String(validating: contents, as: UTF8.self) else {
      throw .unreadable("\(path): not UTF-8 text")
    }
    do throws(LightGBMFault) {
      return try LightGBMText.parse(text, file: path)
    } catch {
      throw .unreadable("\(error)")
    }
  }

  /// The name; a model like an imported one has the same name as that.
  private static func name(of template: ModelArtefact) -> String {
    switch template.origin {
    case .trained: template.name + "-imported"
    case .imported: template.name
    }
  }

  private static func configuration(of template: StoredModel) -> String {
    switch template.artefact.origin {
    case .trained: configurationNote + template.configuration
    case .imported: template.configuration
    }
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
