package import Checkpoints

/// The lengths in bytes of the files that a stream writes; nil for what goes to no file.
public struct OutputLengths: Hashable, Sendable {
  /// The file of the answers.
  public var answers: Int?
  /// The file of the lines that could not be read.
  public var rejected: Int?
  /// The file of the recommendations.
  public var recommendations: Int?

  /// Names lengths.
  public init(answers: Int? = nil, rejected: Int? = nil, recommendations: Int? = nil) {
    self.answers = answers
    self.rejected = rejected
    self.recommendations = recommendations
  }
}

extension OutputLengths: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    answers = try Int?(from: &archive)
    rejected = try Int?(from: &archive)
    recommendations = try Int?(from: &archive)
    guard [answers, rejected, recommendations].allSatisfy({ $0 ?? 0 >= 0 }) else {
      throw StateFault("a length is negative")
    }
  }

  package func write(to archive: inout StateArchive) {
    answers.write(to: &archive)
    rejected.write(to: &archive)
    recommendations.write(to: &archive)
  }
}
