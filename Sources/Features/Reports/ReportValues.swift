import Markets

/// The value; NaN for one that sums of absurd amounts made infinite.
func finite(_ value: Double) -> Double { value.isFinite ? value : undefined }

/// `ln(1 + minutes)` from one instant to another; 0 when the first is not before the second.
func logMinutes(from earlier: Timestamp, to later: Timestamp) -> Double {
  naturalLogOfOnePlus(max(0, (later - earlier).seconds) / 60)
}
