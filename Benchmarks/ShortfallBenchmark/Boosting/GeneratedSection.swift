internal import Foundation

/// Training and prediction on generated rows.
struct GeneratedSection {
  let folder: URL
  let peers: Peers
  let recipe: Recipe

  private var test: ExamplesFolder { ExamplesFolder(path: folder.appendingPathComponent("test")) }

  private func train(_ rows: Int) -> ExamplesFolder {
    ExamplesFolder(path: folder.appendingPathComponent("\(rows) rows"))
  }

  private func contest(rows: Int, threads: Int) -> TrainingContest {
    TrainingContest(
      train: train(rows), test: test, recipe: recipe, threads: threads, peers: peers, scratch: folder)
  }

  /// Generates the training sets, of which the smaller are the beginnings of the larger, and the test set.
  func write(_ rows: [Int], testRows: Int) throws {
    progress("generating rows")
    for count in rows { try train(count).write(MadeUpRisk.examples(rows: count, stream: 1)) }
    try test.write(MadeUpRisk.examples(rows: testRows, stream: 2))
  }

  /// A table for each number of rows and threads.
  func training(rows: [Int], threads: [Int], turns: Int) throws {
    for count in rows {
      var logOdds: [Double]?
      for (place, threads) in threads.enumerated() {
        let contest = contest(rows: count, threads: threads)
        let standings = try contest.standings(
          of: [.product] + Contestant.peers, turns: place == 0 ? turns : 1)
        if let logOdds { try checkSameTrees(logOdds, standings[0].logOdds) }
        logOdds = standings[0].logOdds
        show(
          """

          TRAINING, GENERATED ROWS, \(count) × \(MadeUpRisk.columnCount), \(threads) threads, \(recipe.text)

          \(TrainingTable(standings: standings).text)
          """)
      }
    }
  }

  /// Batches and single rows with the trees of a training run.
  func prediction(rows: Int, threads: Int, turns: Int) throws {
    let contest = contest(rows: rows, threads: threads)
    _ = try contest.run(.product)
    _ = try contest.run(.leafWiseXGBoost)
    let trees = contest.model(of: .product)
    let libraries = try peers.run(["libraries", "--model", trees.path], as: NativeLibraries.self)
    let batches = BatchContest(rows: test, peers: peers, scratch: folder)
    let table = try batches.table(
      of: [
        .init(name: "Shortfall", peer: nil, model: trees, hasOwnTrees: true),
        .init(name: "lleaves, our trees", peer: "lleaves", model: trees, hasOwnTrees: true),
        .init(name: "LightGBM, our trees", peer: "lightgbm", model: trees, hasOwnTrees: true),
        .init(
          name: "XGBoost, its own trees", peer: "xgboost", model: contest.model(of: .leafWiseXGBoost),
          hasOwnTrees: false),
      ], turns: turns)
    show("\nPREDICTION IN BATCHES, one core, \(recipe.text)\n\n" + table)
    let rows = try SingleRows(model: trees, data: test, libraries: libraries, scratch: folder)
    show("\nPREDICTION OF SINGLE ROWS, microseconds a row\n\n" + rows.table)
  }
}
