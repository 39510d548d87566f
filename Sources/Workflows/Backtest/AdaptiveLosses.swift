package import Learning
package import Markets

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Quantiles of one side's close-out loss as the outcomes known by each instant move them.
///
/// The correction is added to the log of the quantile, so it is a factor on the loss. An outcome counts from the instant
/// on at which its horizon has ended: a quantile never knows what the horizon of an earlier one still holds.
package struct AdaptiveLosses {
  private var tracking: QuantileTracking
  private let informationSpan: TimeSpan
  /// What was said, in time order; the first `judged` of it are done with.
  private var waiting: [(time: Timestamp, bound: Double, loss: Double)] = []
  private var judged = 0
  /// The number of outcomes in memory.
  package var rememberedCount: Int { waiting.count }

  /// Creates quantiles that no outcome has moved yet.
  package init(tracking: QuantileTracking, informationSpan: TimeSpan) {
    self.tracking = tracking
    self.informationSpan = informationSpan
  }

  /// The corrected quantile at an instant; `loss` is what followed, which counts when it is known and its time has come.
  ///
  /// Instants must not fall.
  package mutating func adapted(_ quantile: Double, at time: Timestamp, followedBy loss: Double) -> Double {
    judge(until: time)
    let bound = exp(tracking.corrected(log(quantile)))
    if loss.isFinite, bound.isFinite { waiting.append((time, bound, loss)) }
    return bound
  }

  /// Judges what is known by an instant and lets go of it: memory is bounded by the rows of one horizon.
  private mutating func judge(until time: Timestamp) {
    while judged < waiting.count, waiting[judged].time + informationSpan <= time {
      let past = waiting[judged]
      tracking.observe(past.loss > past.bound ? .missed : .covered)
      judged += 1
    }
    // Halving keeps the removal at O(1) for each row.
    if judged * 2 > waiting.count {
      waiting.removeFirst(judged)
      judged = 0
    }
  }
}
