/// Watches one series of values and says when they are no longer what they were.
///
/// A threshold changes nothing but when a monitor speaks: up to its first signal the evidence is the same for every
/// threshold. `ThresholdCalibration` rests on that.
public protocol DriftMonitor: Sendable {
  /// What the evidence must go above for a signal; infinite keeps a monitor silent.
  var threshold: Double { get set }
  /// The evidence of a change after the last value, the larger of both directions'; below every threshold when there
  /// is none, and set back by a signal.
  var evidence: Double { get }
  /// The number of values that were no number, or beyond ±1e100.
  var undefinedCount: Int { get }

  /// Takes the next value; a signal when the evidence is above the threshold.
  mutating func observe(_ value: Double) -> DriftSignal?
}

extension Double {
  /// Whether a monitor can count with the value: squares and long sums of such values stay finite.
  var isWatchable: Bool { magnitude <= 1e100 }
}
