internal import Datasets
internal import Learning

/// One fold's rows and what models of the rows before it say of them.
struct JudgedFold {
  let fold: WalkForwardFold
  /// Each family's log-odds of the fold's rows.
  var logOdds: [ModelFamily: [Double]]
  /// Each baseline's probabilities of the fold's rows.
  let baselines: [[Double]]
}

/// What models said of folds that they never saw, for what is learned from it: calibrators and the weight of a blend.
struct OutOfFold {
  /// A row of a fold.
  struct Place {
    let fold: Int
    /// The position in the fold's rows.
    let position: Int
    /// The number of the row in the dataset.
    let row: Int
    let outcome: Bool
  }

  var folds: [JudgedFold]

  /// The onset rows of known outcome in the folds before a fold; rows whose label reaches into the fold are purged.
  ///
  /// - Parameter fold: A fold, or the number of folds for the rows of all of them.
  func places(before fold: Int) -> [Place] {
    let window = folds.indices.contains(fold) ? window(of: folds[fold].fold) : nil
    return folds[..<fold].enumerated().flatMap { number, earlier in
      let rows = earlier.fold.rows
      let dataset = rows.dataset
      return earlier.fold.test.enumerated().compactMap { position, row -> Place? in
        guard rows.isFitted(row) else { return nil }
        if window?.meets(origin: dataset.times[row], labelEnd: dataset.informationEnds[row]) == true { return nil }
        return Place(fold: number, position: position, row: row, outcome: dataset.events[row] == true)
      }
    }
  }

  private func window(of fold: WalkForwardFold) -> EvaluationWindow? {
    fold.rows.dataset.labelIntervals.window(of: fold.test)
  }

  /// A family's log-odds of some rows.
  func logOdds(of places: [Place], by family: ModelFamily) -> [Double] {
    places.map { folds[$0.fold].logOdds[family]?[$0.position] ?? .nan }
  }

  /// The weights of a blend that are told by the folds before a fold; nil when they do not hold both outcomes.
  func blendSearch(before fold: Int) -> BlendSearch? {
    let places = places(before: fold)
    return BlendSearch(
      linear: logOdds(of: places, by: .logistic), boosted: logOdds(of: places, by: .boosting),
      outcomes: places.map(\.outcome))
  }
}
