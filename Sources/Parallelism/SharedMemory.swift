/// A fixed number of plain values that several threads may write, each at places of its own.
///
/// Nothing is checked: the owner of the memory proves that indices are in range and that no two threads touch one place
/// at a time, one of them writing.
public final class SharedMemory<Element: BitwiseCopyable>: @unchecked Sendable {
  /// The number of values.
  public let count: Int
  /// The first value.
  public let base: UnsafeMutablePointer<Element>

  /// Memory of `count` values, all equal to `value`, starting at a cache line.
  @inlinable
  public init(count: Int, repeating value: Element) {
    let bytes = max(count, 1) * MemoryLayout<Element>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    self.count = count
    base = raw.bindMemory(to: Element.self, capacity: max(count, 1))
    base.initialize(repeating: value, count: count)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }
}
