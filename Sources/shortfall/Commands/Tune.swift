import ArgumentParser
import Configuration
import Markets
import ModelStore
import Reporting
import Workflows

struct Tune: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Searches for settings of boosted trees inside the training window, by purged walk-forward.",
    discussion: """
      The first trial is the configuration's own section model.boosting; the others are drawn from its section search. Every
      finished trial is kept in the journal: a search that was stopped or killed goes on where it was when it is run again.
      Interrupt it to end after the current fold with what it has found.
      """)

  @Option(help: ArgumentHelp("The training configuration.", valueName: "file"))
  var config: String

  @OptionGroup var data: DataOptions
  @OptionGroup var window: WindowOptions

  @Option(help: ArgumentHelp("Where finished trials are kept.", valueName: "file"))
  var journal: String

  @Option(help: ArgumentHelp("How long the search may take from now, such as 30m.", valueName: "time"))
  var budget: TimeSpan

  @Option(
    help: ArgumentHelp("End after so many trials, those of the journal included.", valueName: "count"))
  var trials: Int?

  @Option(
    help: ArgumentHelp(
      "How many threads grow trees; every core when not given. No result depends on it.", valueName: "count"))
  var threads: Int?

  @Option(help: ArgumentHelp("Also write the best settings to this file.", valueName: "file"))
  var output: String?

  func validate() throws {
    if budget == .zero { throw ValidationError("--budget must be above zero.") }
    if let trials, trials < 1 { throw ValidationError("--trials must be at least 1.") }
    if let threads, !(1...1_024).contains(threads) { throw ValidationError("--threads must be from 1 to 1024.") }
  }

  func run() throws {
    let deadline = ContinuousClock.now + .nanoseconds(budget.nanoseconds)
    StopRequest.listen()
    try Rim.run {
      try OutputFile.check(output)
      let talk = ConsoleTalk()
      let configuration = try TrainingConfiguration(yaml: try InputFile.text(config), file: config)
      let limits = TuningRun.Limits(trials: trials) {
        if StopRequest.wasMade { return .request }
        return ContinuousClock.now >= deadline ? .budget : nil
      }
      let record = try TuningRun(configuration, threads: threads).run(
        recording: try data.recording(to: window.end, talk: talk), from: window.from, to: window.to,
        journal: journal, limits: limits, talk: talk
      ) { trial, best in
        talk.say(TuningText.progress(trial, best: best) + ", \(Self.left(until: deadline)) left")
      }
      talk.say(ending(record))
      guard let text = TuningText(record, startingFrom: configuration.model.boosting) else {
        throw Refusal.nothingToShow("no trial was finished")
      }
      if let output { try OutputFile.write(text.settings(), to: output) }
      StandardOutput.write(text.text())
    }
  }

  private static func left(until deadline: ContinuousClock.Instant) -> String {
    let seconds = max(0, (deadline - ContinuousClock.now).components.seconds)
    return seconds < 60 ? "\(seconds)s" : "\(seconds / 60)m \(seconds % 60)s"
  }

  private func ending(_ record: SearchRecord) -> String {
    let count = "\(record.trials.count) \(record.trials.count == 1 ? "trial" : "trials")"
    return switch record.end {
    case .trials: "\(count) finished"
    case .budget: "the time is over with \(count) finished; run it again to go on from \(journal)"
    case .request: "stopped as asked with \(count) finished; run it again to go on from \(journal)"
    case .exhausted: "nothing is left to try after \(count)"
    }
  }
}
