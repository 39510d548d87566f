import ArgumentParser
import Backtesting
import Foundation
import Reporting

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows a back-test as one page to read and to print: tables, pictures and a verdict in words.",
    discussion: """
      With --markdown the tables go to standard output. With --from and --to they are those of every snapshot in between: what
      each policy asked, and the loss that followed.
      """)

  @Option(help: ArgumentHelp("The back-test's report, in JSON.", valueName: "json file"))
  var backtest: String

  @Option(help: ArgumentHelp("Write the page into this file.", valueName: "html file"))
  var output: String?

  @Flag(help: "Write Markdown tables to standard output.")
  var markdown = false

  @Option(help: ArgumentHelp("Also write each picture into this folder, as SVG.", valueName: "folder"))
  var pictures: String?

  @OptionGroup var window: WindowOptions

  func validate() throws {
    if output == nil, pictures == nil, !markdown {
      throw ValidationError("Name what to write: --output, --pictures or --markdown.")
    }
    if !markdown, window.from != nil || window.to != nil {
      throw ValidationError("--from and --to choose tables, which need --markdown.")
    }
  }

  func run() throws {
    try Rim.run {
      try OutputFile.check(output)
      let report = try report()
      let page = BacktestPage(report)
      if let output { try OutputFile.write(page.html(), to: output) }
      if let pictures { try write(page.pictures(), into: pictures) }
      if markdown { StandardOutput.write(try tables(of: report)) }
    }
  }

  private func tables(of report: BacktestReport) throws -> String {
    let text = BacktestText(report)
    if window.from == nil, window.to == nil { return text.text(.markdown) }
    let tables = text.snapshots(from: window.start, to: window.end, .markdown)
    if tables.isEmpty { throw Refusal.nothingToShow("no judged snapshot lies from \(window.start) to \(window.end)") }
    return tables
  }

  private func report() throws -> BacktestReport {
    let bytes = try InputFile.bytes(backtest)
    do {
      return try JSONDecoder().decode(BacktestReport.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw FileFailure(path: backtest, operation: "read", reason: "not a back-test's report: \(Self.words(error))")
    }
  }

  private func write(_ pictures: [(name: String, svg: String)], into folder: String) throws {
    let directory = URL(fileURLWithPath: folder)
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      throw FileFailure(path: folder, operation: "write", reason: "the folder cannot be made")
    }
    for picture in pictures {
      try OutputFile.write(picture.svg, to: directory.appendingPathComponent(picture.name).path)
    }
  }

  private static func words(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context): "\(place(context))has no '\(key.stringValue)'"
    case .valueNotFound(_, let context): "\(place(context))is null"
    case .typeMismatch(_, let context): "\(place(context))is of the wrong type"
    case .dataCorrupted(let context): "\(place(context))\(context.debugDescription)"
    @unknown default: "it cannot be decoded"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    if context.codingPath.isEmpty { return "" }
    let path = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
    return (path.hasPrefix(".") ? String(path.dropFirst()) : path) + ": "
  }
}
