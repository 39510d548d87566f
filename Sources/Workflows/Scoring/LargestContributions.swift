/// The contributions that move a score most.
package enum LargestContributions {
  /// The positions of the largest magnitudes, the largest first and the earlier one of equals first; those that are NaN
  /// come last.
  ///
  /// - Complexity: O(values · count), which for the few that are named is less than sorting all.
  package static func positions(in values: [Double], count: Int) -> [Int] {
    var positions: [Int] = []
    positions.reserveCapacity(min(count, values.count) + 1)
    for index in values.indices {
      let magnitude = magnitude(values[index])
      if positions.count == count {
        guard let last = positions.last, magnitude > self.magnitude(values[last]) else { continue }
        positions.removeLast()
      }
      var place = positions.count
      while place > 0, self.magnitude(values[positions[place - 1]]) < magnitude { place -= 1 }
      positions.insert(index, at: place)
    }
    return positions
  }

  private static func magnitude(_ value: Double) -> Double { value.isNaN ? -1 : abs(value) }
}
