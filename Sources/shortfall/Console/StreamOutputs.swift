import Ledger
import Workflows

/// Where a stream's lines go: its answers, and beside them what was asked for.
final class StreamOutputs: Sendable {
  /// What keeps what was said and what followed; nil when no ledger is asked for.
  let ledger: LedgerWriter?
  private let outputs: [(kind: StreamOutput, file: AnswerOutput)]

  /// Opens files, which are created when there are none and keep what they hold; answers without one go to standard output.
  init(_ paths: [StreamOutput: String], ledger: LedgerWriter? = nil) throws {
    self.ledger = ledger
    outputs = try StreamOutput.allCases.compactMap { kind in
      guard kind == .answers || paths[kind] != nil else { return nil }
      return (kind, try AnswerOutput(paths[kind]))
    }
  }

  /// Where lines of a kind go; nil when nobody asks for them.
  subscript(kind: StreamOutput) -> AnswerOutput? { outputs.first { $0.kind == kind }?.file }

  /// The lengths of the files.
  var lengths: OutputLengths {
    OutputLengths(
      Dictionary(uniqueKeysWithValues: outputs.compactMap { output in output.file.length.map { (output.kind, $0) } }))
  }

  /// Makes sure that what was written is on disk.
  func sync() throws {
    for output in outputs { try output.file.sync() }
    try ledger?.flush()
  }

  /// Forgets what stands in the files behind the given lengths; when one is shorter, nothing is forgotten.
  func cut(to lengths: OutputLengths) throws {
    for output in outputs { try output.file.require(lengths[output.kind]) }
    for output in outputs { if let length = lengths[output.kind] { try output.file.cut(to: length) } }
  }

  /// Forgets a last line without its end, and returns the number of lines behind the given length.
  func settle(_ kind: StreamOutput, after lengths: OutputLengths) throws -> Int {
    guard let file = self[kind], let length = lengths[kind] else { return 0 }
    return try file.settle(after: length)
  }
}
