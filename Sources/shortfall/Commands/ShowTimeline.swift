import ArgumentParser
import Markets
import ModelStore
import Reporting
import Workflows

struct ShowTimeline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Shows what a model said at each snapshot of a few hours, market by market, beside what followed.",
    discussion: "Books before --from warm the features up; books after --to tell what followed.")

  @Option(help: ArgumentHelp("The model's directory, or a training run's output.", valueName: "directory"))
  var model: String

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("First instant, included: RFC 3339 or a date.", valueName: "time"))
  var from: Timestamp

  @Option(help: ArgumentHelp("Last instant, excluded: RFC 3339 or a date.", valueName: "time"))
  var to: Timestamp

  @Flag(help: "Write Markdown tables.")
  var markdown = false

  @Option(help: ArgumentHelp("Also draw it into this file.", valueName: "svg file"))
  var picture: String?

  func validate() throws {
    guard from < to else { throw ValidationError("--from must be before --to.") }
  }

  func run() throws {
    try Rim.run {
      let stored = try StoredModel.load(model)
      let talk = ConsoleTalk()
      let scored = try ScoredRecording(
        stored.artefact, recording: try data.recording(talk: talk), from: from, talk: talk)
      let timeline = Timeline(scored, from: from, to: to)
      if timeline.isEmpty { throw Refusal.nothingToShow("no book of a known market lies from \(from) to \(to)") }
      if let picture {
        let caption = "\(stored.artefact.name), \(from) to \(to): sell solid blue, buy dashed orange"
        try OutputFile.write(timeline.chart(caption: caption).svg(), to: picture)
      }
      StandardOutput.write(timeline.tables(markdown ? .markdown : .plain))
    }
  }
}
