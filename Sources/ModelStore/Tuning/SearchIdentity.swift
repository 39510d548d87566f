internal import Digests
public import MarketData
public import Markets

/// What the trials of a search follow from: a journal is continued only by a run of the same.
public struct SearchIdentity: Codable, Hashable, Sendable {
  /// The format of journals and the way of drawing and judging trials that this program has; raised with either.
  public static let knownFormat = 1

  /// The format of the journal and of its trials.
  public let format: Int
  /// The SHA-256 of the configuration file's text.
  public let configuration: String
  /// The files that were read, with their digests, in name order.
  public let files: [FileDigest]
  /// The first instant of the window, included; nil for that of the data.
  public let from: Timestamp?
  /// The end of the window, excluded; nil for that of the data.
  public let to: Timestamp?
  /// The seed of the draws.
  public let seed: UInt64

  /// Creates the identity of a run of this program.
  public init(configuration text: String, files: [FileDigest], from: Timestamp?, to: Timestamp?, seed: UInt64) {
    format = Self.knownFormat
    configuration = SHA256.hexadecimal(of: text)
    self.files = files
    self.from = from
    self.to = to
    self.seed = seed
  }

  /// What differs between a journal and this run, in words; empty for the same run.
  func differences(from journal: SearchIdentity) -> [String] {
    var differences: [String] = []
    if journal.format != format { differences.append("the format (\(journal.format), not \(format))") }
    if journal.configuration != configuration { differences.append("the configuration's text") }
    if journal.seed != seed { differences.append("the seed (\(journal.seed), not \(seed))") }
    if journal.from != from { differences.append("--from (\(words(journal.from)), not \(words(from)))") }
    if journal.to != to { differences.append("--to (\(words(journal.to)), not \(words(to)))") }
    return differences + fileDifferences(from: journal)
  }

  private func fileDifferences(from journal: SearchIdentity) -> [String] {
    if journal.files == files { return [] }
    let missing = journal.files.filter { old in !files.contains { $0.name == old.name } }
    let added = files.filter { new in !journal.files.contains { $0.name == new.name } }
    let changed = files.filter { new in
      journal.files.contains { $0.name == new.name } && !journal.files.contains(new)
    }
    func words(_ files: [FileDigest], _ what: String) -> [String] {
      files.isEmpty ? [] : ["\(what) \(files.map(\.name).joined(separator: ", "))"]
    }
    let named =
      words(missing, "data files that are missing now:") + words(added, "data files that are new:")
      + words(changed, "the content of data files:")
    return named.isEmpty ? ["the data files"] : named
  }

  private func words(_ time: Timestamp?) -> String { time.map { "\($0)" } ?? "not given" }
}
