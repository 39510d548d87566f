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
  /// What the model is called among a training run's artefacts: the beginning of its manifest's digest; nil when it was
  /// not loaded.
  public private(set) var digest: String?

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
    let manifestBytes = try DurableFile.read(manifestPath)
    // The format goes first: another one may have other fields.
    if let format = try? StableJSON.value(Manifest.Format.self, from: manifestBytes).format,
      format != Manifest.knownFormat
    {
      throw .unknownFormat(path: manifestPath, format: format, known: Manifest.knownFormat)
    }
    let manifest = try decode(Manifest.self, manifestBytes, path: manifestPath)
    func verified(_ name: String) throws(StoreFailure) -> [UInt8] {
      let path = root + "/" + name
      let bytes = try DurableFile.read(path)
      guard manifest.vouches(for: name, bytes) else { throw .damaged(path: path) }
      return bytes
    }
    let modelPath = root + "/" + modelFile
    let artefact = try decode(ModelArtefact.self, try verified(modelFile), path: modelPath)
    if let wrong = artefact.inconsistency { throw .malformed(path: modelPath, reason: wrong) }
    var model = StoredModel(
      artefact: artefact,
      card: String(decoding: try verified(cardFile), as: UTF8.self),
      configuration: String(decoding: try verified(configurationFile), as: UTF8.self))
    model.digest = Manifest.name(of: manifestBytes)
    return model
  }

  static func encode(_ value: some Encodable, as name: String) throws(StoreFailure) -> String {
    do {
      return try StableJSON.text(of: value)
    } catch {
      throw .malformed(path: name, reason: "cannot be written as JSON: \(describe(error))")
    }
  }

  private static func decode<Value: Codable>(
    _ type: Value.Type, _ bytes: [UInt8], path: String
  ) throws(StoreFailure) -> Value {
    do {
      let value = try StableJSON.value(type, from: bytes)
      if let field = try UnknownFields.first(in: bytes, understood: StableJSON.text(of: value)) {
        throw StoreFailure.malformed(path: path, reason: "the field '\(field)' is unknown")
      }
      return value
    } catch let failure as StoreFailure {
      throw failure
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
