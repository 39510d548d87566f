public import MarketData
public import Markets
public import Validation

/// How a model came about whose classifier was trained elsewhere.
public struct ImportRecord: Codable, Sendable {
  /// The forms in which a classifier can come.
  public enum Format: String, Codable, Sendable {
    /// LightGBM's text model.
    case lightGBM = "lightgbm"
  }

  /// How the file's columns were matched with the model's inputs.
  public enum Matching: String, Codable, Sendable {
    /// Each by its name.
    case byName
    /// In their order, because the file names none.
    case inOrder
  }

  /// The model that gave everything but the classifier: task, thresholds, features, inputs, groups and baselines.
  public struct Template: Codable, Sendable {
    /// Its name.
    public let name: String
    /// The first instant of its training window, included.
    public let from: Timestamp
    /// The end of its training window, excluded.
    public let to: Timestamp
    /// The files that it was trained on, with their digests, in name order.
    public let files: [FileDigest]
    /// The event rates over its training window.
    public let rates: ReferenceRates

    /// What an import keeps of a model; an imported one hands on the template that it has itself.
    public init(_ artefact: ModelArtefact) {
      switch artefact.origin {
      case .trained(let training):
        (name, from, to) = (artefact.name, training.from, training.to)
        (files, rates) = (training.files, training.rates)
      case .imported(let record):
        self = record.template
      }
    }
  }

  /// The file that held the classifier.
  public let file: FileDigest
  /// The form of the file.
  public let format: Format
  /// How its columns were matched with the model's inputs.
  public let matching: Matching
  /// Where everything but the classifier comes from.
  public let template: Template

  /// Creates the record of a file.
  ///
  /// - Parameter fileName: The last component of the file's path.
  public init(fileName: String, contents: [UInt8], format: Format, matching: Matching, template: Template) {
    file = FileDigest(name: fileName, byteCount: contents.count, sha256: Manifest.digest(of: contents))
    self.format = format
    self.matching = matching
    self.template = template
  }
}
