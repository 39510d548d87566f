import Workflows

/// Where a stream's lines go: its answers, and beside them what was asked for.
final class StreamOutputs: Sendable {
  /// The answers.
  let answers: AnswerOutput
  /// The lines that could not be read; nil when nobody asks for them.
  let rejected: AnswerOutput?
  /// Recommended margins; nil when nobody asks for them.
  let recommendations: AnswerOutput?

  init(answers: AnswerOutput, rejected: AnswerOutput?, recommendations: AnswerOutput?) {
    self.answers = answers
    self.rejected = rejected
    self.recommendations = recommendations
  }

  /// The lengths of the files.
  var lengths: OutputLengths {
    OutputLengths(
      answers: answers.length, rejected: rejected?.length, recommendations: recommendations?.length)
  }

  /// Makes sure that what was written is on disk.
  func sync() throws {
    try answers.sync()
    try rejected?.sync()
    try recommendations?.sync()
  }

  /// Forgets what stands in the files behind the given lengths; when one is shorter, nothing is forgotten.
  func cut(to lengths: OutputLengths) throws {
    try answers.require(lengths.answers)
    try rejected?.require(lengths.rejected)
    try recommendations?.require(lengths.recommendations)
    if let count = lengths.answers { try answers.cut(to: count) }
    if let count = lengths.rejected { try rejected?.cut(to: count) }
    if let count = lengths.recommendations { try recommendations?.cut(to: count) }
  }

  /// Forgets last lines without their ends, and returns the numbers of lines behind the given lengths.
  func settle(after lengths: OutputLengths) throws -> (answers: Int, recommendations: Int) {
    if let count = lengths.rejected { _ = try rejected?.settle(after: count) }
    let unknown = try lengths.recommendations.map { try recommendations?.settle(after: $0) ?? 0 } ?? 0
    return (try lengths.answers.map { try answers.settle(after: $0) } ?? 0, unknown)
  }
}
