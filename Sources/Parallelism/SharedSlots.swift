internal import Synchronization

/// One place for each of several results that are found on different threads.
public final class SharedSlots<Value: Sendable>: Sendable {
  private let slots: Mutex<[Value?]>

  /// Empty places.
  public init(count: Int) { slots = Mutex([Value?](repeating: nil, count: count)) }

  /// The value at a place; nil when none was put there.
  public subscript(index: Int) -> Value? {
    get { slots.withLock { $0[index] } }
    set { slots.withLock { $0[index] = newValue } }
  }

  /// The values that were put, in the order of their places.
  public var values: [Value] { slots.withLock { $0.compactMap(\.self) } }
}
