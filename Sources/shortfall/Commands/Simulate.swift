import ArgumentParser
import MarketData
import Markets
import Workflows

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulates several correlated markets with thinning books and liquidation cascades.",
    discussion: """
      Writes DIRECTORY/books/simulated.jsonl.gz in canonical JSON lines, and the true regimes beside it in
      DIRECTORY/regimes.csv, a line for each change. The same seed gives the same books, and a longer run begins with the
      shorter one. Simulated markets are named SIM-…, and whatever is computed from them says SIMULATED.
      """)

  @Option(help: ArgumentHelp("The seed of every draw.", valueName: "number"))
  var seed: UInt64 = 7

  @Option(help: ArgumentHelp("Where the files are written.", valueName: "directory"))
  var output: String

  @Option(help: ArgumentHelp("The length of the recording, such as 30d.", valueName: "time"))
  var duration: TimeSpan = .days(30)

  @Option(help: ArgumentHelp("The mean time between a market's snapshots in calm, such as 60s.", valueName: "time"))
  var cadence: TimeSpan = .seconds(60)

  @Option(help: ArgumentHelp("The first instant.", valueName: "time"))
  var start: Timestamp = SimulationConfiguration.standardStart

  @Option(help: ArgumentHelp("Levels on each side of a book.", valueName: "count"))
  var levels = 20

  @Option(help: ArgumentHelp("The number of markets, 1 to \(SimulatedInstrument.catalogue.count).", valueName: "count"))
  var markets = SimulatedInstrument.standard.count

  @Option(help: ArgumentHelp("A lasting change of all markets comes this long after the start.", valueName: "time"))
  var changeAfter: TimeSpan?

  @Option(help: ArgumentHelp("Volatility after the change, as a multiple (default: 1).", valueName: "factor"))
  var changeVolatility: Double?

  @Option(help: ArgumentHelp("Depth after the change, as a multiple (default: 1).", valueName: "factor"))
  var changeDepth: Double?

  func validate() throws {
    guard changeAfter != nil || (changeVolatility == nil && changeDepth == nil) else {
      throw ValidationError("--change-volatility and --change-depth need --change-after.")
    }
    guard (1...SimulatedInstrument.catalogue.count).contains(markets) else {
      throw ValidationError("--markets must be from 1 to \(SimulatedInstrument.catalogue.count).")
    }
  }

  func run() throws {
    try Rim.run {
      var recorder = SimulatedRecorder()
      recorder.cadence = cadence
      recorder.levels = levels
      let configuration = try SimulationConfiguration(
        seed: seed, instruments: Array(SimulatedInstrument.catalogue.prefix(markets)), start: start, duration: duration,
        recorder: recorder, change: change)
      let written = try WriteSimulation.run(configuration, to: output)
      ConsoleTalk().say("SIMULATED \(written.snapshots) snapshots in \(written.books), regimes in \(written.regimes)")
    }
  }

  private var change: SimulatedChange? {
    changeAfter.map { after in
      var change = SimulatedChange(after: after)
      change.volatility = changeVolatility ?? 1
      change.depth = changeDepth ?? 1
      return change
    }
  }
}
