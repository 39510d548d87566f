/// The two areas that depend only on the order of the scores; ties are treated exactly.
public struct RankAreas: Hashable, Sendable {
  /// Average precision: the sum over distinct scores, from the highest, of (gain of recall) × (precision so far).
  ///
  /// All rows of one score enter together, so the value does not depend on the order of tied rows. Nil without
  /// positive weight.
  public let averagePrecision: Double?
  /// The area under the receiver operating characteristic.
  ///
  /// It is the share of (positive, negative) pairs in which the positive row scores higher, tied pairs counting one
  /// half. Nil without positive or without negative weight.
  public let rocArea: Double?

  /// The areas of weighted rows; `weights` defaults to one per row.
  ///
  /// The lists must have one length. Undefined scores and weights that are negative or undefined make both areas nil.
  /// - Complexity: O(n log n).
  public init(scores: [Double], outcomes: [Bool], weights: [Double]? = nil) {
    let weights = weights ?? [Double](repeating: 1, count: scores.count)
    precondition(scores.count == outcomes.count && weights.count == scores.count, "lists of different lengths")
    if scores.contains(where: \.isNaN) || weights.contains(where: { !($0 >= 0 && $0.isFinite) }) {
      self.init(averagePrecision: nil, rocArea: nil)
      return
    }
    let ranking = Ranking(scores: scores, outcomes: outcomes, groups: Array(scores.indices))
    self = ranking.areas(groupWeights: weights.span)
  }

  fileprivate init(averagePrecision: Double?, rocArea: Double?) {
    self.averagePrecision = averagePrecision
    self.rocArea = rocArea
  }
}

/// Rows sorted once by falling score, so that the areas under any reweighting of their groups cost one pass.
struct Ranking: Sendable {
  /// `group << 2 | outcome << 1 | lastOfItsScore`, by falling score.
  private let entries: [Int]

  /// Sorts the rows; no score may be NaN, and groups count from zero.
  init(scores: [Double], outcomes: [Bool], groups: [Int]) {
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    entries = order.indices.map { position in
      let row = order[position]
      let isLast = position + 1 == order.count || scores[order[position + 1]] != scores[row]
      return groups[row] << 2 | (outcomes[row] ? 2 : 0) | (isLast ? 1 : 0)
    }
  }

  /// The areas when every row has its group's weight.
  /// - Complexity: O(n).
  func areas(groupWeights: Span<Double>) -> RankAreas {
    var positives = 0.0
    var negatives = 0.0
    var tiedPositives = 0.0
    var tiedNegatives = 0.0
    var precisionSum = 0.0
    var concordance = 0.0
    let entries = entries.span
    for position in entries.indices {
      let entry = entries[position]
      let weight = groupWeights[entry >> 2]
      if entry & 2 != 0 { tiedPositives += weight } else { tiedNegatives += weight }
      if entry & 1 == 0 { continue }
      concordance += tiedNegatives * (positives + tiedPositives / 2)
      negatives += tiedNegatives
      if tiedPositives > 0 {
        positives += tiedPositives
        precisionSum += tiedPositives * (positives / (positives + negatives))
      }
      tiedPositives = 0
      tiedNegatives = 0
    }
    return RankAreas(
      averagePrecision: positives > 0 ? precisionSum / positives : nil,
      rocArea: positives > 0 && negatives > 0 ? concordance / (positives * negatives) : nil)
  }
}
