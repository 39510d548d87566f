internal import ArgumentParser
internal import Features
internal import Foundation
internal import Margining
internal import MarketData
internal import Markets
internal import ModelStore
internal import Workflows

/// How far a line is followed on its way to an answer, by the library's own parts.
enum StreamStage: String, CaseIterable, ExpressibleByArgument {
  /// Lines are cut, no more.
  case lines
  /// Books are parsed.
  case parsing
  /// All features are computed.
  case features
  /// Both sides are scored, without reasons.
  case scores
  /// The answers are written into a buffer.
  case answers

  /// What the stage adds to the one before.
  var name: String {
    switch self {
    case .lines: "cutting lines"
    case .parsing: "parsing books (the bare parser)"
    case .features: "all features, both sides"
    case .scores: "inputs and trees, both sides"
    case .answers: "writing the answer"
    }
  }
}

/// Follows every line of a file up to a stage and prints what that took; the benchmark starts itself anew with this command.
struct StreamStagePass: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "stream-stage", shouldDisplay: false)

  @Argument var stage: StreamStage
  @Option var model: String
  @Option var lines: String

  func run() throws {
    let artefact = try StoredModel.load(model).artefact
    guard let file = FileHandle(forReadingAtPath: lines) else { throw BenchmarkFailure.nothingToScore }
    let (effort, counted) = try timed { try Self.follow(file, lines, to: stage, artefact) }
    var result = counted
    result.elapsed = effort.elapsed
    result.processor = effort.processor
    result.peakMegabytes = peakMegabytes()
    FileHandle.standardOutput.write(try JSONEncoder().encode(result))
  }

  private static func follow(
    _ file: FileHandle, _ name: String, to stage: StreamStage, _ artefact: ModelArtefact
  ) throws -> PassResult {
    var reader = LineReader(fileDescriptor: file.fileDescriptor, name: name)
    var result = PassResult()
    var parser = CanonicalLineParser()
    var pipeline = FeaturePipeline(configuration: artefact.features)
    var scorer = OnlineScorer(artefact, reasonCount: 0)
    var session = try ScoringSession(artefact, reasonCount: 0, writer: ScoreLine(curve: .standard))
    var answers: [UInt8] = []
    while let line = try reader.next(), case .bytes(let bytes) = line {
      result.snapshots += 1
      result.bytes += bytes.count + 1
      switch stage {
      case .lines: result.fingerprint += Double(bytes.count)
      case .parsing: result.fingerprint += try parser.parse(bytes).book.mid ?? 0
      case .features: result.fingerprint += pipeline.observe(try parser.parse(bytes)).values.sell[0]
      case .scores:
        let scores = try? scorer.score(try parser.parse(bytes)).scores.get()
        result.fingerprint += scores?.sell.probability.value ?? 0
      case .answers:
        session.answer(line, into: &answers)
        result.fingerprint += Double(answers.count)
        answers.removeAll(keepingCapacity: true)
      }
    }
    return result
  }
}
