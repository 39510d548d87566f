/// The median of the values, which must not contain NaN; nil when there are none. The values are reordered.
///
/// - Complexity: O(n) on average, by selection around the median of three.
func median(reordering values: inout [Double]) -> Double? {
  let count = values.count
  if count == 0 { return nil }
  let upper = select(count / 2, in: &values)
  if count % 2 == 1 { return upper }
  // Selection leaves the smaller half in front.
  var lower = values[0]
  for index in 1..<max(1, count / 2) { lower = max(lower, values[index]) }
  return lower + (upper - lower) / 2
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
