internal import Digests

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Reads at least one byte unless the input has ended, waiting for it where necessary.
func readBytes(
  from descriptor: Int32, into room: UnsafeMutableRawBufferPointer, name: String
) throws(SourceFailure) -> Int {
  while true {
    let count = read(descriptor, room.baseAddress, room.count)
    if count >= 0 { return count }
    switch errno {
    case EINTR: continue
    case EAGAIN:
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&request, 1, -1)
    default: throw .unreadable(path: name, reason: systemReason())
    }
  }
}

/// What the system says about its last failure.
func systemReason() -> String { String(cString: strerror(errno)) }

/// The bytes of one source as they are stored, with their digest.
package struct StoredBytes: ~Copyable, @unchecked Sendable {
  // Sendable because the descriptor belongs to this value alone.
  private enum Origin {
    case descriptor(Int32)
    case memory([UInt8], position: Int)
  }

  let path: String
  private var origin: Origin
  private var hash = SHA256()
  private(set) var byteCount = 0

  /// Opens a file.
  package init(path: String) throws(SourceFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .unreadable(path: path, reason: systemReason()) }
    self.path = path
    origin = .descriptor(descriptor)
  }

  /// Takes bytes in memory for the content of a file called `path`.
  package init(_ bytes: [UInt8], path: String) {
    self.path = path
    origin = .memory(bytes, position: 0)
  }

  deinit {
    if case .descriptor(let descriptor) = origin { close(descriptor) }
  }

  /// The digest of the bytes read so far.
  var digest: FileDigest {
    FileDigest(name: path.lastPathComponent, byteCount: byteCount, sha256: hash.hexadecimal())
  }

  /// Reads up to 64 KiB; nothing means the end.
  mutating func readSome() throws(SourceFailure) -> [UInt8] {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { room.deallocate() }
    return Array(room[..<(try read(into: room))])
  }

  /// Fills a part of `room` and returns its length; 0 means the end.
  mutating func read(into room: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    let count: Int
    switch origin {
    case .descriptor(let descriptor):
      count = try readBytes(from: descriptor, into: room, name: path)
    case .memory(let bytes, let position):
      count = min(room.count, bytes.count - position)
      bytes[position..<position + count].withUnsafeBytes { room.copyMemory(from: $0) }
      origin = .memory(bytes, position: position + count)
    }
    byteCount += count
    hash.update(UnsafeRawBufferPointer(rebasing: room[..<count]))
    return count
  }
}

extension String {
  /// What follows the last slash.
  var lastPathComponent: String {
    String(split(separator: "/", omittingEmptySubsequences: true).last ?? "/")
  }
}
