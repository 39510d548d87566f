import Markets

/// Instants at equal intervals on a steady clock.
struct Period {
  private let length: UInt64
  private var next: UInt64

  /// The first instant is one interval from `now`.
  init(_ length: TimeSpan, from now: UInt64) {
    self.length = UInt64(clamping: max(1, length.nanoseconds))
    next = now &+ self.length
  }

  /// Whether an instant has passed since this was asked last; those that were missed do not come again.
  mutating func isDue(at now: UInt64) -> Bool {
    guard now >= next else { return false }
    next = now &+ length &- (now &- next) % length
    return true
  }

  /// The nanoseconds until the next instant.
  func remaining(at now: UInt64) -> UInt64 { next > now ? next - now : 0 }
}
