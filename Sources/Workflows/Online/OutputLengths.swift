package import Checkpoints

/// A file that a stream writes.
public enum StreamOutput: CaseIterable, Sendable {
  /// The answers.
  case answers
  /// The lines that could not be read.
  case rejected
  /// What was said earlier beside what followed.
  case outcomes
  /// What the policy recommends.
  case recommendations
}

/// The lengths in bytes of the files that a stream writes.
public struct OutputLengths: Hashable, Sendable {
  private var lengths: [StreamOutput: Int]

  /// Names lengths; a file that is not named is not there.
  public init(_ lengths: [StreamOutput: Int] = [:]) { self.lengths = lengths }

  /// The length of a file; nil for what goes to no file.
  public subscript(output: StreamOutput) -> Int? { lengths[output] }
}

extension OutputLengths: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    lengths = [:]
    for output in StreamOutput.allCases { lengths[output] = try Int?(from: &archive) }
    guard lengths.values.allSatisfy({ $0 >= 0 }) else { throw StateFault("a length is negative") }
  }

  package func write(to archive: inout StateArchive) {
    for output in StreamOutput.allCases { lengths[output].write(to: &archive) }
  }
}
