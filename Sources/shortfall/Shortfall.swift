import ArgumentParser

@main
struct Shortfall: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shortfall",
    abstract: "Predicts when an order book will be too thin for a liquidation, and turns that into margin.",
    discussion: """
      Three uses: 'train' and 'evaluate' as nightly jobs, 'score' on a live stream, 'recommend' for a margin schedule.

      Standard output is data, standard error is talk. Exit codes: 0 ok, 1 bad data or a failed gate, 64 usage, 70 a bug.
      """,
    version: "0.1.0",
    subcommands: [
      Inspect.self, Convert.self, ExtractFeatures.self, Train.self, Tune.self, Evaluate.self, Drift.self, Explain.self,
      ShowTimeline.self, Score.self, Policy.self, Recommend.self, Backtest.self, Report.self, Export.self, Import.self,
      ShowCoverage.self, Monitor.self, Simulate.self,
    ])
}
