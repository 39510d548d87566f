/// The median of the values, which must not contain NaN; nil when there are none.
///
/// The values may be reordered.
/// - Complexity: O(n); for many values one pass that compares each of them with two others.
package func median(reordering values: inout [Double]) -> Double? {
  if values.isEmpty { return nil }
  let count = values.count
  if count >= 8 * sampleSize, let median = bracketedMedian(of: values.span) { return median }
  let upper = select(count / 2, in: &values)
  if count % 2 == 1 { return upper }
  // Selection leaves the smaller half in front.
  var lower = values[0]
  for index in 1..<max(1, count / 2) { lower = max(lower, values[index]) }
  return lower + (upper - lower) / 2
}

private let sampleSize = 512

/// The median by way of a bracket: an evenly spaced sample gives two values that enclose it almost surely, and only
/// the values between them are ordered; nil when the median lies outside or the bracket holds too many.
private func bracketedMedian(of values: Span<Double>) -> Double? {
  let count = values.count
  var sample = (0..<sampleSize).map { values[$0 * (count / sampleSize)] }
  sample.sort()
  // Four standard deviations of the rank of the sample's median, on either side.
  let reach = 46
  let (low, high) = (sample[sampleSize / 2 - reach], sample[sampleSize / 2 + reach])
  var below = 0
  var inside = [Double](repeating: 0, count: count / 3 + 1)
  var found = 0
  var places = inside.mutableSpan
  for index in 0..<count {
    let value = values[unchecked: index]
    below += value < low ? 1 : 0
    // The place is written in any case and kept only when the value counts, so that nothing branches.
    places[unchecked: found] = value
    found += value >= low && value <= high ? 1 : 0
    if found > count / 3 { return nil }
  }
  let (lower, upper) = ((count - 1) / 2 - below, count / 2 - below)
  guard lower >= 0, upper < found else { return nil }
  inside.removeLast(inside.count - found)
  let top = select(upper, in: &inside)
  if lower == upper { return top }
  var bottom = inside[0]
  for index in 1..<max(1, upper) { bottom = max(bottom, inside[index]) }
  return bottom + (top - bottom) / 2
}

/// The value at `rank` in rising order; afterwards none before it is larger and none after it is smaller.
private func select(_ rank: Int, in values: inout [Double]) -> Double {
  var (low, high) = (0, values.count - 1)
  while low < high {
    let pivot = middle(values[low], values[low + (high - low) / 2], values[high])
    var (left, right) = (low, high)
    while left <= right {
      while values[left] < pivot { left += 1 }
      while values[right] > pivot { right -= 1 }
      if left <= right {
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    if rank <= right {
      high = right
    } else if rank >= left {
      low = left
    } else {
      break
    }
  }
  return values[rank]
}

private func middle(_ a: Double, _ b: Double, _ c: Double) -> Double {
  max(min(a, b), min(max(a, b), c))
}
