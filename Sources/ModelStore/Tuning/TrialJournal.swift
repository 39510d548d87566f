internal import Foundation

/// The finished trials of a search in a file of JSON lines: the first says of which run, each other is a trial.
///
/// A line is on disk when `append` returns, and a process that is killed at any moment leaves at most one torn line at the
/// end, which is dropped when the journal is opened again. While a journal is open no other process can open it.
public final class TrialJournal {
  /// Where the journal lies.
  public let path: String
  /// The trials that were finished, in the order in which they were.
  public private(set) var trials: [TrialRecord] = []
  /// Whether a torn last line was dropped.
  public let hadTornLine: Bool

  private let file: AppendedFile

  /// Opens the journal of a run, or creates it with its first line.
  ///
  /// - Throws: `StoreFailure` when it is the journal of another run, naming what differs; when another process has it open;
  ///   when it is no journal, or a line before the last is damaged.
  public init(path: String, of run: SearchIdentity) throws(StoreFailure) {
    self.path = path
    file = try AppendedFile(path)
    let content = try DurableFile.read(path)
    let end = content.lastIndex(of: Self.lineEnd).map { $0 + 1 } ?? 0
    let lines = content[..<end].split(separator: Self.lineEnd, omittingEmptySubsequences: false).dropLast()
    let tail = content[end...]
    let header = try Self.line(run, path)
    hadTornLine = !tail.isEmpty
    guard let first = lines.first else {
      // What was torn can only be the first line of this program's journals.
      guard tail.isEmpty || tail.starts(with: Self.opening) || Self.opening.starts(with: tail) else {
        throw .malformed(path: path, reason: Self.noJournal)
      }
      try file.cut(to: 0)
      try file.append(header)
      try DurableFile.syncDirectory(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      return
    }
    try Self.check(Array(first), is: run, path)
    for (number, line) in lines.enumerated().dropFirst() {
      trials.append(try Self.trial(Array(line), number: number + 1, path))
    }
    if hadTornLine { try file.cut(to: end) }
  }

  /// Adds a trial; it is on disk when this returns.
  public func append(_ trial: TrialRecord) throws(StoreFailure) {
    try file.append(try Self.line(trial, path))
    trials.append(trial)
  }

  private static let lineEnd = UInt8(ascii: "\n")
  private static let noJournal = "this is not the journal of a search"
  /// How every first line begins: keys are sorted.
  private static let opening = Array("{\"configuration\":\"".utf8)

  /// A value as one line with its end.
  private static func line(_ value: some Encodable, _ path: String) throws(StoreFailure) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(value)) + [lineEnd]
    } catch {
      throw .malformed(path: path, reason: "a figure cannot be written: \(error)")
    }
  }

  private static func check(_ line: [UInt8], is run: SearchIdentity, _ path: String) throws(StoreFailure) {
    guard line.starts(with: opening) else { throw .malformed(path: path, reason: noJournal) }
    struct Format: Decodable { let format: Int }
    // The format goes first: another one may have other fields.
    if let format = try? StableJSON.value(Format.self, from: line).format, format != SearchIdentity.knownFormat {
      throw .unknownFormat(path: path, format: format, known: SearchIdentity.knownFormat)
    }
    guard let journal = try? StableJSON.value(SearchIdentity.self, from: line) else {
      throw .malformed(path: path, reason: "line 1 does not say of which run the journal is")
    }
    let differences = run.differences(from: journal)
    if !differences.isEmpty { throw .otherSearch(path: path, differences: differences) }
  }

  private static func trial(_ line: [UInt8], number: Int, _ path: String) throws(StoreFailure) -> TrialRecord {
    guard let trial = try? StableJSON.value(TrialRecord.self, from: line), trial.isSound,
      try self.line(trial, path) == line + [lineEnd]
    else { throw .malformed(path: path, reason: "line \(number) is damaged") }
    return trial
  }
}

extension TrialRecord {
  /// Whether the counts of a record that was read agree with each other.
  fileprivate var isSound: Bool {
    number >= 1 && losses.isSound && losses.losses.count <= folds && trees.count == losses.losses.count
  }
}

extension FoldLosses {
  fileprivate var isSound: Bool {
    losses.count == rows.count && rows.allSatisfy { $0 > 0 } && !rows.isEmpty && losses.allSatisfy(\.isFinite)
  }
}
