#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A stretch of bytes up to a line end.
package enum SplitLine {
  /// The line without its line end; the bytes are valid until the splitter is used again.
  case complete(UnsafeRawBufferPointer)
  /// A line longer than the limit, whose bytes were dropped.
  case tooLong
}

/// Cuts a stream of bytes into lines in bounded memory.
///
/// Lines end with a line feed, which a carriage return may precede; the last may lack its end.
package struct LineSplitter: ~Copyable, @unchecked Sendable {
  // Sendable because the memory belongs to this value alone.
  private var storage: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var searched = 0
  private var isSkipping = false
  private let limit: Int

  /// The number of the line that `next` or `last` returned last; 0 before the first.
  package private(set) var number = 0

  /// The default bound of a line's length: 16 MiB.
  package static let standardLimit = 16 << 20

  /// Creates a splitter that refuses lines longer than `limit` bytes.
  package init(limit: Int = standardLimit) {
    self.limit = max(1, limit)
    storage = .allocate(byteCount: min(max(1, limit) + 1, 1 << 18), alignment: 16)
  }

  deinit { storage.deallocate() }

  /// The bytes that were read and not yet returned; valid until the splitter is used again.
  package var pending: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[start..<end]) }

  /// Drops the first `count` pending bytes.
  mutating func drop(_ count: Int) {
    start = min(start + count, end)
    searched = max(searched, start)
  }

  /// Makes room, lets `read` fill it and returns the number of bytes that came; 0 means the end.
  package mutating func fill<Failure: Error>(
    _ read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    makeRoom()
    let count = try read(UnsafeMutableRawBufferPointer(rebasing: storage[end...]))
    end += count
    return count
  }

  /// The next line that has its end, or nil when more bytes are needed.
  @inline(__always)
  package mutating func next() -> SplitLine? {
    guard searched < end, let base = storage.baseAddress,
      let found = memchr(base + searched, Int32(Ascii.lineFeed), end - searched)
    else {
      searched = end
      return nil
    }
    let lineEnd = base.distance(to: UnsafeMutableRawPointer(found))
    defer {
      start = lineEnd + 1
      searched = start
    }
    return line(upTo: lineEnd)
  }

  /// The rest after the last line end, or nil when there is none; to be asked once, after the end.
  package mutating func last() -> SplitLine? {
    if start == end, !isSkipping { return nil }
    defer { (start, searched) = (end, end) }
    return line(upTo: end)
  }

  @inline(__always)
  private mutating func line(upTo lineEnd: Int) -> SplitLine {
    number += 1
    if isSkipping || lineEnd - start > limit {
      isSkipping = false
      return .tooLong
    }
    var length = lineEnd - start
    if length > 0, storage[lineEnd - 1] == Ascii.carriageReturn { length -= 1 }
    return .complete(UnsafeRawBufferPointer(rebasing: storage[start..<start + length]))
  }

  private mutating func makeRoom() {
    if isSkipping || end - start > limit {
      isSkipping = true
      start = end
    }
    if start > 0 {
      if start < end, let base = storage.baseAddress { memmove(base, base + start, end - start) }
      (start, end) = (0, end - start)
      searched = end
    }
    let isLargest = storage.count > limit
    if isLargest || storage.count - end >= storage.count / 2 { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(storage.count * 2, limit + 1), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<end]))
    storage.deallocate()
    storage = larger
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the line holds nothing but spaces and tabs.
  var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == Ascii.carriageReturn } }
}
