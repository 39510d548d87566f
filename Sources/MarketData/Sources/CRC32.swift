internal import CZlib

/// The CRC-32 of bytes (the polynomial of ISO 3309, as in gzip), which some venues send as the checksum of a book.
package func crc32(of bytes: [UInt8]) -> UInt32 {
  bytes.withUnsafeBufferPointer { buffer in
    UInt32(truncatingIfNeeded: CZlib.crc32(0, buffer.baseAddress, UInt32(clamping: buffer.count)))
  }
}
