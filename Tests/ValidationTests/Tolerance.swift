/// Whether two numbers agree to the given distance; undefined numbers agree with nothing.
func isClose(_ left: Double?, _ right: Double?, within tolerance: Double = 1e-12) -> Bool {
  guard let left, let right else { return false }
  return abs(left - right) <= tolerance
}
