public import Boosting

/// Quantiles of the log loss by boosting, one ensemble for each level.
///
/// Ensembles of different levels know nothing of each other and may cross; put in order they are at least as good.
/// Source: V. Chernozhukov, I. Fernández-Val and A. Galichon, doi:10.3982/ECTA7880 (rearrangement).
public struct BoostedQuantiles: LogQuantileModel, Hashable {
  /// The medians from which the trees count.
  public let centres: GroupCentres
  /// The ensemble of each level, levels rising.
  public let ensembles: [TreeEnsemble]

  /// Creates a model.
  public init(centres: GroupCentres, ensembles: [TreeEnsemble]) {
    self.centres = centres
    self.ensembles = ensembles
  }

  /// The values of the ensembles in rising order.
  public func logQuantiles(of row: Span<Double>, group: Int) -> [Double] {
    let centre = centres[group]
    var values: [Double] = []
    for ensemble in ensembles { values.append(centre + ensemble.value(of: row)) }
    return values.sorted()
  }
}
