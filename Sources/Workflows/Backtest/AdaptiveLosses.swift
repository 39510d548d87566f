internal import Learning
internal import Markets

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Quantiles of one side's close-out loss as the outcomes known by each instant move them.
///
/// The correction is added to the log of the quantile, so it is a factor on the loss. An outcome counts from the instant
/// on at which its horizon has ended: a quantile never knows what the horizon of an earlier one still holds.
struct AdaptiveLosses {
  private var tracking: QuantileTracking
  private let informationSpan: TimeSpan
  /// What was said and not yet judged, in time order.
  private var waiting: [(time: Timestamp, bound: Double, loss: Double)] = []
  private var judged = 0

  init(tracking: QuantileTracking, informationSpan: TimeSpan) {
    self.tracking = tracking
    self.informationSpan = informationSpan
  }

  /// The corrected quantile at an instant; `loss` is what followed, which counts when it is known and its time has come.
  ///
  /// Instants must not fall.
  mutating func adapted(_ quantile: Double, at time: Timestamp, followedBy loss: Double) -> Double {
    while judged < waiting.count, waiting[judged].time + informationSpan <= time {
      let past = waiting[judged]
      tracking.observe(past.loss > past.bound ? .missed : .covered)
      judged += 1
    }
    let bound = exp(tracking.corrected(log(quantile)))
    if loss.isFinite, bound.isFinite { waiting.append((time, bound, loss)) }
    return bound
  }
}
