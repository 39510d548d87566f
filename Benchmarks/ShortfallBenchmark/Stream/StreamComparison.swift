internal import ArgumentParser
internal import Foundation

/// The whole path from a line to its answer, beside the bare parser, pipelines in Python and a bare echo.
struct StreamComparison: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stream",
    abstract: "Lines of twenty levels a side through all features and 200 trees to answers: throughput and latency.")

  @Option(help: "The Python in which the peers are installed; without it no pipelines in Python take part.")
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
      let pipelines = try python.map {
        try PythonPipelines(python: $0, program: program, material: material, folder: folder)
      }
      if let pipelines { show("the full pipeline in Python: \(pipelines.verdict)\n") }
      let contest = StreamContest(material: material, program: program, pipelines: pipelines)
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
  let pipelines: PythonPipelines?

  private func product(_ name: String, reasons: Int) -> LineProgram {
    LineProgram(name: name, path: program, arguments: ["score", "--model", material.model, "--reasons", "\(reasons)"])
  }

  /// Lines a second of processor time, whole programs; starting them is not counted.
  func bulk(turns: Int, folder: URL) throws {
    let first = folder.appendingPathComponent("first.jsonl")
    let firstCount = try material.writeHead(1, to: first)
    let short = folder.appendingPathComponent("short.jsonl")
    let head = (lines: short.path, count: try material.writeHead(20_000, to: short))
    let all = (lines: material.lines, count: material.lineCount)
    // The slow programs get a share of the lines, which is enough.
    var runs = [
      (program: product("shortfall score, no reasons", reasons: 0), over: all),
      (program: product("shortfall score, 5 reasons a side", reasons: 5), over: head),
    ]
    if let pipelines { runs += [(pipelines.light(), all), (pipelines.full(), head)] }
    var rates = runs.map { _ in [Double]() }
    for _ in 0..<turns {
      for (index, run) in runs.enumerated() {
        let start = try run.program.processorSeconds(over: first.path)
        let whole = try run.program.processorSeconds(over: run.over.lines)
        rates[index].append(Double(run.over.count - firstCount) / (whole.processor - start.processor))
      }
    }
    show("lines a second of one core, from a file to nowhere; what a program takes to start is left out\n")
    for (run, rates) in zip(runs, rates) { show("  \(padded(run.program.name)) \(padded(median(rates)))") }
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
      + [pipelines?.light(["--flush"]), pipelines?.full(["--flush"])].compactMap { $0 }
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

  private func padded(_ text: String) -> String { text + String(repeating: " ", count: max(1, 47 - text.count)) }

  private func padded(_ value: Double, digits: Int = 0) -> String {
    let text = decimal(value, digits: digits)
    return String(repeating: " ", count: max(1, 11 - text.count)) + text
  }
}
