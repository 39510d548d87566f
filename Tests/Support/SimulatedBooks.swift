import MarketData
package import Markets

/// Ten simulated days of three markets with a book about every ten minutes and a shock on each day.
package enum SimulatedBooks {
  /// The first instant.
  package static let start = SimulationConfiguration.standardStart

  /// The instant that ends the training window.
  package static let split = start + .days(7)

  /// Every book, in time order.
  package static let snapshots: [BookSnapshot] = {
    var recorder = SimulatedRecorder()
    recorder.cadence = .minutes(10)
    recorder.levels = 12
    var cascades = SimulatedCascades()
    cascades.shockInterval = .days(1)
    guard
      let configuration = try? SimulationConfiguration(
        seed: 11, duration: .days(10), recorder: recorder, cascades: cascades)
    else { return [] }
    return SimulatedMarkets(configuration: configuration).map(\.snapshot)
  }()

  /// Canonical JSON lines of some books.
  package static func lines(_ snapshots: some Sequence<BookSnapshot>) -> [UInt8] {
    var bytes: [UInt8] = []
    let writer = CanonicalLineWriter()
    for snapshot in snapshots { writer.append(snapshot, to: &bytes) }
    return bytes
  }

  /// A file of all the books, written once.
  package static let file: String = (try? Scratch.file("books.jsonl", lines(snapshots))) ?? ""

  /// The same with quantiles of the close-out loss and intervals of the probability.
  ///
  /// - Parameters:
  ///   - interval: What stands beside a probability.
  ///   - notional: The size of position of the task.
  ///   - notionals: All sizes of position; nil for the task's alone.
  package static func closeOutTraining(
    interval: String = "vennAbers", notional: Int = 100_000, notionals: [Int]? = nil
  ) -> String {
    training(name: "close-out").replacing(
      "  minimumSnapshots: 3\n",
      with: """
          minimumSnapshots: 3
          closeOut: {notional: \(notional), maintenanceMargin: 200bp}
        closeOutQuantile:
          levels: [0.9, 0.95]
          notionals: \(notionals ?? [notional])
          boosting: {rounds: 20, minimumRows: 50}
        interval: \(interval)

        """)
  }

  /// The training configuration for them.
  ///
  /// - Parameters:
  ///   - calibration: How log-odds become probabilities.
  ///   - family: The family of model.
  ///   - boosting: The settings of the trees.
  ///   - penalties: The penalties of the logistic regression.
  package static func training(
    name: String = "simulated", minimumSkill: Double = -1, calibration: String = "none", family: String = "logistic",
    boosting: String = "{rounds: 20, leaves: 4, bins: 31, minimumRows: 30, l2: 5, columnShare: 0.7}",
    penalties: String = "[10, 100]"
  ) -> String {
    """
    name: \(name)
    task:
      band: 100bp
      horizon: 2h
      latency: 0s
      occupancy: anySnapshot
      threshold:
        relativeToMedian: 0.4
      minimumSnapshots: 3
    features:
      bands: [10bp, 50bp, 100bp]
      sweepNotionals: [100000]
      windows: [1h, 6h]
      fastHalfLife: 1h
      slowHalfLife: 6h
    model:
      inputs:
        - depth_100bp
        - ewma_depth_100bp_fast
        - depth_minimum_100bp_1h
        - ewma_volatility_fast
        - others_weakest_depth_to_median_100bp
        - depth_50bp
      family: \(family)
      boosting: \(boosting)
      penalties: \(penalties)
    calibration: \(calibration)
    validation:
      folds: 3
      resamples: 40
    gate:
      minimumSkill: \(minimumSkill)
    """
  }
}
