import ArgumentParser
import Configuration
import Foundation
import Margining
import MarketData
import Markets
import ModelStore
import VenueFeeds
import Workflows

struct Score: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Scores a stream of books in canonical JSON lines from standard input, one line out for each line in.",
    discussion: """
      Each line carries both sides' probability of a shortfall, the margin multiplier that a policy makes of it, and the
      reasons that add up to the log-odds. A line that is no book becomes a line with an error, and the stream goes on.

      With --venue the lines are the venue's own. Then each change of a book gives a line, and a book that lost a message \
      gives one without scores, with the reason, and no more until the venue sends a new snapshot.

      SIGHUP reads model and policy again between two lines; SIGINT and SIGTERM end the process after a line, with 0.
      """)

  @Option(help: ArgumentHelp("The model's directory, or a training run's output.", valueName: "directory"))
  var model: String

  @Option(
    help: ArgumentHelp("The policy whose multiplier is written; the standard one when not given.", valueName: "file"))
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "Where the policy's margin recommendations go, after what it holds: a line when a margin changes or would expire.",
      valueName: "file"))
  var recommendations: String?

  @Option(
    help: ArgumentHelp(
      "Open positions for --recommendations as CSV, with the header account,market,side,notional,equity.",
      valueName: "file"))
  var accounts: String?

  @Option(help: ArgumentHelp("How many reasons are named for each side.", valueName: "count"))
  var reasons = 5

  @Flag(help: "Write every feature beside the scores, exactly.")
  var features = false

  @OptionGroup var native: VenueOptions

  @OptionGroup var replay: ReplayOptions

  @OptionGroup var feedback: FeedbackOptions

  @OptionGroup var record: LedgerOptions

  @Option(
    help: ArgumentHelp("Where answers go, after what it holds; standard output when not given.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Where lines that cannot be read go, each with the reason; after what it holds.", valueName: "file"))
  var rejected: String?

  @Option(help: ArgumentHelp("Keeps all that scoring remembers, and goes on from it.", valueName: "file"))
  var state: String?

  @Option(
    help: ArgumentHelp(
      "How often the state is kept: a number of lines, or a time as the books tell it (default: 1m).",
      valueName: "interval"))
  var checkpointEvery: CheckpointInterval?

  @Option(
    help: ArgumentHelp(
      "Where input begins when there is a state: 'replayed' at its first line, 'rewound' after the last line of the "
        + "state, 'continued' wherever the feed is now (default: continued; for --replay, replayed)."))
  var resume: Resumption?

  @Option(
    help: ArgumentHelp(
      "How far a book's time may be ahead of the newest book's before others confirm it: a time, or 'off' "
        + "(default: 12h; for --replay, off).", valueName: "time"))
  var leapLimit: LeapLimit?

  @OptionGroup var telemetry: TelemetryOptions

  func validate() throws {
    if record.ledger != nil, !feedback.feedback {
      throw ValidationError("--ledger needs --feedback: it holds what was said beside what followed.")
    }
    guard reasons >= 0 else { throw ValidationError("--reasons must not be negative.") }
    if recommendations != nil, policy == nil { throw ValidationError("--recommendations needs --policy.") }
    if accounts != nil, recommendations == nil { throw ValidationError("--accounts needs --recommendations.") }
    try OwnFiles.check(
      [
        "--output": output, "--rejected": rejected, "--recommendations": recommendations,
        "--outcomes": feedback.outcomes,
      ],
      replaced: ["--state": state, "--metrics": telemetry.metrics, "--ledger": record.ledger])
    if state == nil, checkpointEvery != nil || resume != nil {
      throw ValidationError("--checkpoint-every and --resume need --state.")
    }
    if replay.speed != nil, resume ?? .replayed != .replayed {
      throw ValidationError("--replay begins at the first line, so that --resume can only be 'replayed'.")
    }
  }

  func run() throws {
    let log = telemetry.log
    try Rim.run(log: log) {
      StreamSignals.listen()
      // When another process holds the state, the metrics are left to it.
      let stateFile = try state.map { path in try StateFile(path) }
      var telemetry = StreamTelemetry(self.telemetry)
      var stream = try telemetry.following {
        let recording = try replay.feed(native, talk: ConsoleTalk(log: log))
        return try ScoreStream(
          reasonCount: reasons, reader: reader(of: recording), recording: recording,
          followers: feedback.settings(), outputs: try StreamOutputs(paths, ledger: try record.writer()),
          stateFile: stateFile,
          resumption: resume ?? (recording == nil ? .continued : .replayed),
          interval: checkpointEvery ?? .time(.minutes(1)),
          leapLimit: (leapLimit ?? (recording == nil ? .span(ScoringSession.standardLeapLimit) : .off)).span,
          telemetry: $0, load: load)
      }
      try stream.run()
    }
  }

  private func reader(of recording: RecordedFeed?) -> StreamReader {
    if recording == nil { return native.reader() }
    return native.venue == nil ? .canonical : .rebuilt
  }

  private var paths: [StreamOutput: String] {
    var paths: [StreamOutput: String] = [:]
    paths[.answers] = output
    paths[.rejected] = rejected
    paths[.outcomes] = feedback.outcomes
    paths[.recommendations] = recommendations
    return paths
  }

  /// Reads what a signal may ask to be read again.
  private func load() throws -> ScoreStream.Loaded {
    let model = try StoredModel.load(model)
    let curve = try PolicyFile.curve(policy)
    let writer = ScoreLine(curve: curve, features: features ? .included : .omitted)
    let record = try record.settings(curve)
    let drift = try feedback.monitors.map { try DriftPlanFile.monitors($0, of: model.artefact) }
    guard recommendations != nil, let policy else {
      return ScoreStream.Loaded(model: model, writer: writer, policy: nil, accounts: nil, record: record, drift: drift)
    }
    let recommended = try PolicyFile.policy(policy)
    if !model.artefact.groups.contains(where: { recommended.schedule(of: $0.market) != nil }) {
      throw Refusal.gate(
        "\(policy): no market of the model has a schedule, so that nothing can be recommended; "
          + "give 'markets' or 'default'")
    }
    return ScoreStream.Loaded(
      model: model, writer: writer, policy: recommended,
      accounts: try accounts.map { try AccountFile.accounts(try InputFile.bytes($0), file: $0) }, record: record,
      drift: drift)
  }
}
