import ArgumentParser
import Foundation
import MarketData
import Markets
import Reporting
import Validation
import Workflows

struct ShowCoverage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Shows how often the quantiles that a stream said covered what followed, fixed and adapted.",
    discussion: "Reads the file that 'score --feedback --outcomes FILE' wrote.")

  @Option(help: ArgumentHelp("The matured outcomes, one JSON object on a line.", valueName: "file"))
  var outcomes: String

  @Option(help: ArgumentHelp("The size of position whose losses are judged; needed where there are several."))
  var notional: Double?

  @OptionGroup var window: WindowOptions

  @Flag(help: "Write Markdown tables.")
  var markdown = false

  @Option(help: ArgumentHelp("Also draw coverage over time into this file.", valueName: "svg file"))
  var picture: String?

  func run() throws {
    try Rim.run {
      let file = try OutcomeFile(
        try InputFile.bytes(outcomes), file: outcomes, from: window.start, to: window.end)
      let chosen = try size(of: file)
      let report = FollowingReport(
        quantiles: chosen.map { file.quantiles(of: $0) } ?? [], probabilities: file.probabilities,
        provenance: file.provenance)
      let subject = chosen.map { "the loss of closing out \(Figures.amount($0))" } ?? "nothing"
      let text = FollowingText(report, subject: subject, style: markdown ? .markdown : .plain).text()
      if text.isEmpty { throw Refusal.nothingToShow("\(outcomes) holds no outcome that is known") }
      if let picture {
        guard let svg = FollowingChart(report, subject: subject).svg() else {
          throw Refusal.nothingToShow("\(outcomes) holds no quantile to draw")
        }
        try OutputFile.write(svg, to: picture)
      }
      StandardOutput.write(text)
    }
  }

  private func size(of file: OutcomeFile) throws -> Double? {
    if let notional {
      guard file.notionals.contains(notional) else {
        throw Refusal.nothingToShow("\(outcomes) holds no outcome of the size \(Figures.amount(notional))")
      }
      return notional
    }
    guard file.notionals.count <= 1 else {
      throw Refusal.nothingToShow(
        "choose one size with --notional: \(file.notionals.map { Figures.amount($0) }.joined(separator: ", "))")
    }
    return file.notionals.first
  }
}
