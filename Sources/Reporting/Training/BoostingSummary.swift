internal import Boosting
internal import ModelStore

/// How a model's trees came about, in words and tables.
struct BoostingSummary {
  private let training: BoostingTraining
  private let columnNames: [String]

  init(_ training: BoostingTraining, columnNames: [String]) {
    self.training = training
    self.columnNames = columnNames
  }

  /// The number of trees and how they were grown.
  var settings: String {
    let settings = training.configuration
    return """
      \(Figures.count(training.rounds)) trees of up to \(Figures.count(settings.leaves)) leaves\
      \(settings.depth.map { " and depth \($0)" } ?? ""), learning rate \(Self.number(settings.learningRate)), \
      L1 \(Self.number(settings.l1)), L2 \(Self.number(settings.l2)); a leaf has at least \
      \(Figures.count(settings.minimumRows)) rows and a Hessian of \(Self.number(settings.minimumHessian)), a split a gain \
      of \(Self.number(settings.minimumGain)); up to \(settings.bins) bins a column, \
      \(Figures.percent(settings.rowShare, 0)) of the rows and \(Figures.percent(settings.columnShare, 0)) of the columns \
      for each tree, seed \(settings.seed).
      """
  }

  /// How the number of trees came about, and the loss on the training rows on the way.
  var rounds: String {
    let losses = training.losses.map { "\(Figures.decimal($0.loss, 5)) after \($0.round)" }.joined(separator: ", ")
    guard let stop = training.stopping else { return "Training loss: \(losses)." }
    return """
      The number of trees was found on the last \(Figures.count(stop.watchedRows)) rows, \
      \(Figures.count(stop.watchedPositives)) positive, with trees grown on \(Figures.count(stop.fittedRows)) earlier \
      ones: least loss \(Figures.decimal(stop.loss, 5)), \(Figures.count(stop.grownRounds)) rounds tried. Then the trees \
      were grown on all rows. Training loss: \(losses).
      """
  }

  /// In which direction each column may move the log-odds.
  var constraints: String {
    let kinds: [(MonotoneConstraint, String)] = [(.increasing, "↑"), (.decreasing, "↓"), (.none, "free")]
    let parts = kinds.compactMap { kind, sign -> String? in
      let names = zip(columnNames, training.constraints).filter { $0.1 == kind }.map(\.0)
      return names.isEmpty ? nil : "\(sign) \(names.joined(separator: ", "))"
    }
    return "Monotone constraints: \(parts.joined(separator: "; "))."
  }

  /// The columns that lower the training objective most.
  var importances: TextTable { ImportanceTable(training.importances).table }

  /// A setting with as many digits as it has.
  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? Figures.decimal(value, 0) : "\(value)"
  }
}
