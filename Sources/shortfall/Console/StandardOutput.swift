import Foundation

/// Standard output as a stream of whole lines.
enum StandardOutput {
  /// Writes everything, or ends the process: quietly when the reader has gone, with a message when there is no room.
  static func write(_ bytes: [UInt8]) {
    do {
      try send(bytes)
    } catch {
      StandardError.write("shortfall: \(error)\n")
      exit(1)
    }
  }

  /// Writes everything, or ends the process quietly when the reader has gone.
  ///
  /// - Throws: `FileFailure` when it cannot be written.
  static func send(_ bytes: [UInt8]) throws {
    var position = 0
    while position < bytes.count {
      let written = bytes.withUnsafeBytes { bytes in
        Foundation.write(STDOUT_FILENO, bytes.baseAddress?.advanced(by: position), bytes.count - position)
      }
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { exit(0) }
        throw FileFailure(path: "standard output", operation: "write", reason: String(cString: strerror(errno)))
      }
      position += written
    }
  }

  /// Writes text.
  static func write(_ text: String) { write(Array(text.utf8)) }
}
