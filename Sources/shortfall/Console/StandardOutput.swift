import Foundation

/// Standard output as a stream of whole lines.
enum StandardOutput {
  /// Writes everything, or ends the process quietly when the reader has gone.
  static func write(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      let written = bytes.withUnsafeBytes { bytes in
        Foundation.write(STDOUT_FILENO, bytes.baseAddress?.advanced(by: position), bytes.count - position)
      }
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { exit(0) }
        StandardError.write("shortfall: cannot write to standard output: \(String(cString: strerror(errno)))\n")
        exit(1)
      }
      position += written
    }
  }

  /// Writes text.
  static func write(_ text: String) { write(Array(text.utf8)) }
}
