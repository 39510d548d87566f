internal import ArgumentParser
internal import Foundation

/// The whole path from a line to its answer, beside the bare parser, a pipeline in Python and a bare echo.
struct StreamComparison: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stream",
    abstract: "Lines of twenty levels a side through all features and 200 trees to answers: throughput and latency.")

  @Option(help: "The Python in which the peers are installed; without it no pipeline in Python takes part.")
  var python: String?

  @Option(help: "The program; by default the one that was built beside this one.")
  var program: String?

  @Option(help: "Lines of the stream.")
  var lines = 200_000

  @Option(help: "Turns; the tables show medians.")
  var turns = 3

  @Option(help: "Seconds of each program's paced lines, a thousand a second.")
  var seconds = 20

  @Option(parsing: .upToNextOption, help: "Stream on to these numbers of lines, and tell the resident memory there.")
  var endurance: [Int] = []

  func validate() throws {
    guard lines >= 20_000, turns >= 1, (4...lines / 2_000).contains(seconds), endurance == endurance.sorted() else {
      throw ValidationError("20,000 lines, a turn, 4 seconds with 2,000 lines each, and rising numbers are needed")
    }
  }

  func run() throws {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let program = program ?? beside.appendingPathComponent("shortfall").path
    try withTemporaryFolder { folder in
      let material = try StreamMaterial(in: folder, program: program, lineCount: lines)
      show(
        "STREAM, SIMULATED: \(lines) JSON lines of 20 levels a side, \(material.byteCount / lines) bytes a line, "
          + "\(StreamMaterial.marketCount) markets with 10 books/s each; a model that reads every feature, 200 trees of "
          + "63 leaves, both sides scored\n")
      let contest = StreamContest(material: material, program: program, python: python)
      try contest.bulk(turns: turns, folder: folder)
      try contest.stages(turns: turns)
      try contest.latency(seconds: seconds)
      if !endurance.isEmpty { try contest.endurance(endurance) }
    }
  }
}

/// The tables of the stream benchmark.
struct StreamContest {
  let material: StreamMaterial
  let program: String
  let python: String?

  private func product(_ name: String, reasons: Int) -> LineProgram {
    LineProgram(name: name, path: program, arguments: ["score", "--model", material.model, "--reasons", "\(reasons)"])
  }

  private func peer(_ name: String, _ options: [String]) -> LineProgram? {
    let script = packageFolder.appendingPathComponent("Benchmarks/Peers/stream.py").path
    return python.map { LineProgram(name: name, path: $0, arguments: [script] + options) }
  }

  /// Lines a second of processor time, whole programs; starting them is not counted.
  func bulk(turns: Int, folder: URL) throws {
    let whole = product("shortfall score, no reasons", reasons: 0)
    let explained = product("shortfall score, 5 reasons a side", reasons: 5)
    let programs = [whole, explained] + [peer("Python: msgspec, 16 features, LightGBM", [])].compactMap { $0 }
    // The explained run is slow: a share of the lines is enough.
    let short = folder.appendingPathComponent("short.jsonl")
    let first = folder.appendingPathComponent("first.jsonl")
    let shortCount = try head(20_000, to: short)
    let firstCount = try head(1, to: first)
    var rates = programs.map { _ in [Double]() }
    for _ in 0..<turns {
      for (index, program) in programs.enumerated() {
        let isShort = program.name == explained.name
        let start = try program.processorSeconds(over: first.path)
        let run = try program.processorSeconds(over: isShort ? short.path : material.lines)
        let count = (isShort ? shortCount : material.lineCount) - firstCount
        rates[index].append(Double(count) / (run.processor - start.processor))
      }
    }
    show("lines a second of one core, from a file to nowhere; what a program takes to start is left out\n")
    for (program, rates) in zip(programs, rates) { show("  \(padded(program.name)) \(padded(median(rates)))") }
  }

  /// What each stage adds, in microseconds a line.
  func stages(turns: Int) throws {
    show("\nstage by stage, one thread, no reasons: microseconds a line, and lines a second up to there\n")
    var before = 0.0
    for stage in StreamStage.allCases {
      let runs = try (0..<turns).map { _ -> PassResult in
        try ownRun(["stream-stage", stage.rawValue, "--model", material.model, "--lines", material.lines])
      }
      let microseconds = median(runs.map { $0.processor / Double($0.snapshots) * 1e6 })
      show("  \(padded(stage.name)) \(padded(microseconds - before, digits: 2)) \(padded(1e6 / microseconds))")
      before = microseconds
    }
  }

  /// From a line's going in to its answer's coming out, by turns with a bare echo.
  func latency(seconds: Int) throws {
    let echo = LineProgram(name: "bare echo", path: CommandLine.arguments[0], arguments: ["stream-echo"])
    let programs =
      [
        echo, product("shortfall score, no reasons", reasons: 0),
        product("shortfall score, 5 reasons a side", reasons: 5),
      ]
      + [peer("Python: msgspec, 16 features, LightGBM", ["--flush"])].compactMap { $0 }
    let results = try PacedLatency.measured(
      programs, lines: material.lines, rounds: seconds / 2, linesARound: 2_000)
    show(
      "\nmicroseconds from line in to line out through pipes, 1,000 lines/s, by turns: p50, p99, p99.9, p99 less echo's\n"
    )
    for result in results {
      let figures =
        [0.5, 0.99, 0.999].map { result.quantile($0) } + [result.quantile(0.99) - results[0].quantile(0.99)]
      show("  \(padded(result.name)) \(figures.map { padded($0, digits: 1) }.joined())")
    }
  }

  func endurance(_ counts: [Int]) throws {
    show("\nresident memory along a stream, 40 lines a second as the books tell it, windows up to 30 min\n")
    let endurance = Endurance(program: product("", reasons: 0), lines: material.lines)
    try endurance.run(stoppingAt: counts) { count, megabytes in
      show("  after \(padded(Double(count))) lines \(padded(megabytes, digits: 1)) MB")
    }
  }

  private func head(_ count: Int, to file: URL) throws -> Int {
    let text = try Data(contentsOf: URL(fileURLWithPath: material.lines))
    let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: count).prefix(count)
    try Data(lines.joined(separator: [UInt8(ascii: "\n")]) + [UInt8(ascii: "\n")]).write(to: file)
    return lines.count
  }

  private func padded(_ text: String) -> String { text + String(repeating: " ", count: max(1, 42 - text.count)) }

  private func padded(_ value: Double, digits: Int = 0) -> String {
    let text = decimal(value, digits: digits)
    return String(repeating: " ", count: max(1, 11 - text.count)) + text
  }
}
