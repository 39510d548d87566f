/// The split-conformal quantile: a bound on the score of the next row that needs no model to be right.
///
/// If the calibration rows and the next one are exchangeable, its score lies at or below the quantile with at least the
/// wanted probability, and with at most 1/(n + 1) more when no two scores are equal.
/// Source: V. Vovk, A. Gammerman and G. Shafer, "Algorithmic Learning in a Random World" (2005); J. Lei et al.,
/// doi:10.1080/01621459.2017.1307116, theorem 2.
public enum SplitConformal {
  /// The rank ⌈(n + 1) · level⌉, counted from 1, of the score that bounds the next one; nil when it is beyond the last.
  ///
  /// A rank that only rounding lifts above a whole number is that number.
  ///
  /// - Parameters:
  ///   - level: The wanted probability 1 − α, above 0 and below 1.
  ///   - count: The number n of calibration scores.
  public static func rank(level: Double, count: Int) -> Int? {
    let exact = Double(count + 1) * level
    let nearest = exact.rounded()
    let rank = abs(exact - nearest) <= 1e-9 ? nearest : exact.rounded(.up)
    return rank >= 1 && rank <= Double(count) ? Int(rank) : nil
  }

  /// The least number of scores whose quantile at the level is finite.
  ///
  /// - Parameter level: Above 0 and below 1.
  public static func leastCount(level: Double) -> Int {
    var count = Int((level / (1 - level)).rounded(.down))
    while count > 0, rank(level: level, count: count - 1) != nil { count -= 1 }
    while rank(level: level, count: count) == nil { count += 1 }
    return count
  }

  /// The bound on the next score: +∞ when there are too few scores for the level.
  ///
  /// - Parameter scores: The scores in any order; a NaN among them counts as the highest, as if the row were missed.
  /// - Complexity: O(n log n).
  public static func quantile(of scores: [Double], level: Double) -> Double {
    quantile(ofSorted: scores.map { $0.isNaN ? .infinity : $0 }.sorted(), level: level)
  }

  /// The bound on the next score, of scores in rising order without NaN.
  ///
  /// - Complexity: O(1).
  public static func quantile(ofSorted scores: [Double], level: Double) -> Double {
    rank(level: level, count: scores.count).map { scores[$0 - 1] } ?? .infinity
  }
}
