public import Markets

/// How far a stream has come, as its books tell the time; it is no state.
public struct StreamClock: Hashable, Sendable {
  /// The newest time of a book that was taken in; nil before the first that this process read.
  public private(set) var time: Timestamp?
  /// How far the times of books that were refused went on, all steps forward together: nanoseconds, from zero again beyond 64 bits.
  ///
  /// While every book is refused as late or as a leap, what is remembered changes all the same.
  public private(set) var refusedNanoseconds: UInt64 = 0
  private var lastRefused: Timestamp?

  /// Creates a clock of a stream of which nothing was read.
  public init() {}

  /// Goes on to a book that was taken in.
  public mutating func take(_ time: Timestamp) { self.time = time }

  /// Goes on to a book that was refused.
  public mutating func refuse(_ time: Timestamp) {
    if let lastRefused, time > lastRefused {
      refusedNanoseconds &+= UInt64(bitPattern: (time - lastRefused).nanoseconds)
    }
    lastRefused = time
  }
}
