#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The number of times that this process has asked for memory, when a counter was loaded before the C library.
struct AllocationCount {
  private let read: @convention(c) () -> UInt

  /// Finds the counter; nil when there is none.
  init?() {
    guard let symbol = dlsym(nil, "shortfall_allocations") else { return nil }
    read = unsafeBitCast(symbol, to: (@convention(c) () -> UInt).self)
  }

  /// The number of allocations while the work is done.
  func during(_ work: () -> Void) -> UInt {
    let start = read()
    work()
    return read() - start
  }

  /// Whether blocks that are asked for on purpose are all counted.
  var isTrue: Bool {
    var blocks: [UnsafeMutableRawPointer] = []
    blocks.reserveCapacity(10)
    let counted = during {
      for _ in 0..<10 { blocks.append(.allocate(byteCount: 64, alignment: 8)) }
    }
    for block in blocks { block.deallocate() }
    return counted == 10
  }
}
