internal import CZlib

/// Writes gzip data (RFC 1952) of one member in bounded memory; equal input gives equal bytes.
public struct Deflater: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>
  private var room = [UInt8](repeating: 0, count: 1 << 16)

  /// Creates a deflater that has written nothing.
  public init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16 + 15: gzip framing, the largest window. The header carries no name and no time.
    deflateInit2_(
      stream, Z_BEST_COMPRESSION, Z_DEFLATED, 16 + 15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    deflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Takes bytes in, and appends to `output` what is ready.
  public mutating func write(_ bytes: [UInt8], to output: inout [UInt8]) {
    run(bytes, flush: Z_NO_FLUSH, to: &output)
  }

  /// Appends the rest; nothing may be written afterwards.
  public mutating func finish(to output: inout [UInt8]) {
    run([], flush: Z_FINISH, to: &output)
  }

  private mutating func run(_ bytes: [UInt8], flush: Int32, to output: inout [UInt8]) {
    var bytes = bytes
    bytes.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(clamping: input.count)
      repeat {
        let produced = room.withUnsafeMutableBufferPointer { room in
          stream.pointee.next_out = room.baseAddress
          stream.pointee.avail_out = UInt32(clamping: room.count)
          deflate(stream, flush)
          return room.count - Int(stream.pointee.avail_out)
        }
        output.append(contentsOf: room[..<produced])
      } while stream.pointee.avail_out == 0
    }
  }
}
