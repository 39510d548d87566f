internal import CZlib

/// Inflates gzip data of one or several members (RFC 1952) in bounded memory.
struct Inflater: ~Copyable, @unchecked Sendable {
  // Sendable because the memory belongs to this value alone.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var isInsideMember = false

  /// Whether bytes begin as gzip data do.
  static func isGzip(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// Creates an inflater that starts with the given bytes.
  init(first bytes: [UInt8]) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(byteCount: max(1 << 16, bytes.count), alignment: 16)
    bytes.withUnsafeBytes { input.copyMemory(from: $0) }
    present(bytes.count)
    // 16 + 15: gzip framing, the largest window. It fails for lack of memory only, which `inflate` then reports.
    inflateInit2_(stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
    input.deallocate()
  }

  /// Fills a part of `room` and returns its length; 0 means the end of the data.
  mutating func read(
    into room: UnsafeMutableRawBufferPointer, from stored: inout StoredBytes
  ) throws(SourceFailure) -> Int {
    stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(clamping: room.count)
    let capacity = Int(stream.pointee.avail_out)
    while Int(stream.pointee.avail_out) == capacity {
      if stream.pointee.avail_in == 0 {
        present(try stored.read(into: input))
        if stream.pointee.avail_in == 0 {
          if isInsideMember { throw .corruptGzip(path: stored.path, reason: "the data end inside a member") }
          return 0
        }
      }
      isInsideMember = true
      switch inflate(stream, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: continue
      case Z_STREAM_END:
        isInsideMember = false
        inflateReset(stream)
      default:
        // What was inflated before the damage counts; the next call meets the damage again.
        let produced = capacity - Int(stream.pointee.avail_out)
        if produced > 0 { return produced }
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "inflating failed"
        throw .corruptGzip(path: stored.path, reason: reason)
      }
    }
    return capacity - Int(stream.pointee.avail_out)
  }

  private func present(_ count: Int) {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(clamping: count)
  }
}
