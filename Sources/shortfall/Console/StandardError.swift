import Foundation

/// Standard error, whose loss never stops the work: a full disk under a log must not cost a night's training.
enum StandardError {
  /// Writes text as far as it can be written.
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    var position = 0
    while position < bytes.count {
      let written = bytes[position...].withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return
      }
      position += written
    }
  }
}
