internal import Checkpoints
internal import Digests
internal import Features
internal import Markets
internal import ModelStore

/// What a stream's memory means: how its lines are read and its features computed, for which task, and which markets
/// have scores.
struct StreamIdentity: Equatable, Sendable {
  /// The form of the lines and the settings of their reading.
  private let lines: String
  /// Digests of the settings of the features, of their names and of the task.
  private let features: String
  private let names: String
  private let task: String
  /// The markets that have scores, in the order of their names.
  private let markets: [MarketName]

  init(_ artefact: ModelArtefact, lines: String) throws {
    self.lines = lines
    features = SHA256.hexadecimal(of: try StableJSON.text(of: artefact.features))
    names = SHA256.hexadecimal(of: artefact.schema.names.joined(separator: "\n"))
    task = SHA256.hexadecimal(of: try StableJSON.text(of: artefact.task))
    markets = Set(artefact.groups.map(\.market)).sorted()
  }

  /// Why a stream of this identity cannot go on with another one's settings, in words; nil when it can.
  func obstacle(to other: StreamIdentity) -> String? {
    if lines != other.lines {
      return "the input does not fit: its lines were read as \(lines), and are to be read as \(other.lines)"
    }
    return obstacle(toModelOf: other).map { "the model does not fit: \($0)" }
  }

  /// Why a stream cannot go on with another one's model, in words; nil when it can.
  func obstacle(toModelOf model: StreamIdentity) -> String? {
    if features != model.features { return "its features are configured otherwise, so the windows do not fit" }
    if names != model.names { return "its features are defined otherwise" }
    if task != model.task { return "it answers another task" }
    let missing = markets.filter { !model.markets.contains($0) }
    return missing.isEmpty ? nil : "it does not know \(missing.map(\.text).joined(separator: ", "))"
  }
}

extension StreamIdentity: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    lines = try archive.readText()
    features = try archive.readText()
    names = try archive.readText()
    task = try archive.readText()
    markets = try [MarketName](from: &archive)
  }

  func write(to archive: inout StateArchive) {
    lines.write(to: &archive)
    features.write(to: &archive)
    names.write(to: &archive)
    task.write(to: &archive)
    markets.write(to: &archive)
  }
}
