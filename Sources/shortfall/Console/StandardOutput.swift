import Foundation

/// Standard output as a stream of whole lines.
enum StandardOutput {
  /// Writes everything, or ends the process quietly when the reader has gone.
  static func write(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    var position = 0
    while position < bytes.count {
      let written = bytes[position...].withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
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
