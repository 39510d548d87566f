internal import Validation

/// The standings as a table.
struct TrainingTable {
  let standings: [TrainingContest.Standing]

  /// Log losses that differ by less than this share count as equal.
  static let tolerance = 0.002

  private static let columns = Columns(first: 28, others: [9, 9, 9, 10, 25, 11, 26, 8, 8])

  var text: String {
    let header = Self.columns.line([
      "", "wall s", "cpu s", "peak MB", "log loss", "ours ÷ its [95 %]", "av. prec.", "ours − its [95 %]", "wall ÷",
      "MB ÷",
    ])
    return ([header] + standings.map(line) + [verdict]).joined(separator: "\n")
  }

  private var product: TrainingContest.Standing? { standings.first { $0.contestant == .product } }

  private func line(_ standing: TrainingContest.Standing) -> String {
    let own = [
      decimal(standing.elapsed, digits: 2), decimal(standing.processor, digits: 2),
      decimal(standing.peakMegabytes, digits: 0), decimal(standing.judgement.logLoss, digits: 5),
    ]
    let precision = decimal(standing.judgement.averagePrecision, digits: 4)
    guard let product, let difference = standing.difference else {
      return Self.columns.line([standing.contestant.name] + own + ["", precision, "", "", ""])
    }
    return Self.columns.line(
      [standing.contestant.name] + own + [
        difference.logLossSkill.remainder.text, precision,
        difference.averagePrecision.text, decimal(product.elapsed / standing.elapsed, digits: 2),
        decimal(product.peakMegabytes / standing.peakMegabytes, digits: 2),
      ])
  }

  /// The product beside the fastest peer whose log loss is equal or better.
  private var verdict: String {
    let peers = standings.filter { !$0.contestant.isProduct }
    guard let product,
      let fastest = peers.filter({ $0.judgement.logLoss <= product.judgement.logLoss * (1 + Self.tolerance) })
        .min(by: { $0.elapsed < $1.elapsed })
    else { return "→ no peer has an equal or better log loss" }
    let best = peers.map(\.judgement.logLoss).min() ?? .nan
    return """
      → fastest peer of equal or better log loss: \(fastest.contestant.name); ours ÷ its: \
      wall \(decimal(product.elapsed / fastest.elapsed, digits: 2)), \
      cpu \(decimal(product.processor / fastest.processor, digits: 2)), \
      memory \(decimal(product.peakMegabytes / fastest.peakMegabytes, digits: 2)). \
      Log loss ÷ the best peer's: \(decimal(product.judgement.logLoss / best, digits: 4))
      """
  }
}

/// Cells side by side, the first to the left and the others to the right.
struct Columns {
  let first: Int
  let others: [Int]

  func line(_ cells: [String]) -> String {
    let name = cells.first ?? ""
    let padded = zip(cells.dropFirst(), others).map { cell, width in
      String(repeating: " ", count: max(1, width - cell.count)) + cell
    }
    return name + String(repeating: " ", count: max(1, first - name.count)) + padded.joined()
  }
}

extension Estimate {
  /// One less the figure: a ratio of losses where the figure is a skill.
  fileprivate var remainder: Estimate {
    Estimate(value: value.map { 1 - $0 }, low: high.map { 1 - $0 }, high: low.map { 1 - $0 })
  }

  /// The figure with its interval.
  fileprivate var text: String {
    let numbers = [value, low, high].map { decimal($0 ?? .nan, digits: 4) }
    return "\(numbers[0]) [\(numbers[1]), \(numbers[2])]"
  }
}
