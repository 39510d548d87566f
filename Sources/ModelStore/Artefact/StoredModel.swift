internal import Digests
internal import Foundation

/// A model with everything that explains it, as it lies in one directory.
public struct StoredModel: Sendable {
  /// What scores.
  public let artefact: ModelArtefact
  /// The model card, in Markdown.
  public let card: String
  /// The training configuration, word for word.
  public let configuration: String

  /// Creates a stored model.
  public init(artefact: ModelArtefact, card: String, configuration: String) {
    self.artefact = artefact
    self.card = card
    self.configuration = configuration
  }

  private static let modelFile = "model.json"
  private static let cardFile = "card.md"
  private static let configurationFile = "training.yaml"

  func files() throws(StoreFailure) -> [ArtefactFile] {
    [
      ArtefactFile(name: Self.modelFile, bytes: Array(try Self.encode(artefact, as: Self.modelFile).utf8)),
      ArtefactFile(name: Self.cardFile, bytes: Array(card.utf8)),
      ArtefactFile(name: Self.configurationFile, bytes: Array(configuration.utf8)),
    ]
  }

  /// Loads and verifies the model in a directory, or the promoted one of a nightly job's output directory.
  ///
  /// - Throws: `StoreFailure` when there is none, a digest differs, the format is unknown or a field is malformed.
  public static func load(_ directory: String) throws(StoreFailure) -> StoredModel {
    let exists = FileManager.default.fileExists(atPath:)
    let root = exists(directory + "/" + Manifest.fileName) ? directory : directory + "/current"
    let manifestPath = root + "/" + Manifest.fileName
    guard exists(manifestPath) else { throw .noModel(directory: directory) }
    let manifest = try decode(Manifest.self, try DurableFile.read(manifestPath), path: manifestPath)
    guard manifest.format == Manifest.knownFormat else {
      throw .unknownFormat(path: manifestPath, format: manifest.format, known: Manifest.knownFormat)
    }
    func verified(_ name: String) throws(StoreFailure) -> [UInt8] {
      let path = root + "/" + name
      let bytes = try DurableFile.read(path)
      guard manifest.vouches(for: name, bytes) else { throw .damaged(path: path) }
      return bytes
    }
    let modelPath = root + "/" + modelFile
    let artefact = try decode(ModelArtefact.self, try verified(modelFile), path: modelPath)
    if let inconsistency = artefact.inconsistency { throw .malformed(path: modelPath, reason: inconsistency) }
    return StoredModel(
      artefact: artefact,
      card: String(decoding: try verified(cardFile), as: UTF8.self),
      configuration: String(decoding: try verified(configurationFile), as: UTF8.self))
  }

  static func encode(_ value: some Encodable, as name: String) throws(StoreFailure) -> String {
    do {
      return try StableJSON.text(of: value)
    } catch {
      throw .malformed(path: name, reason: "cannot be written as JSON: \(describe(error))")
    }
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, _ bytes: [UInt8], path: String
  ) throws(StoreFailure) -> Value {
    do {
      return try StableJSON.value(type, from: bytes)
    } catch {
      throw .malformed(path: path, reason: describe(error))
    }
  }

  private static func describe(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "the field '\(path(context.codingPath + [key]))' is missing"
    case DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context),
      DecodingError.valueNotFound(_, let context):
      "the field '\(path(context.codingPath))': \(context.debugDescription)"
    case EncodingError.invalidValue(_, let context):
      "the field '\(path(context.codingPath))': \(context.debugDescription)"
    default: "\(error)"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
