import Foundation
import Synchronization
import Workflows

/// Where the answers to a stream's lines go: standard output, or the end of a file.
final class AnswerOutput: Sendable {
  private enum Destination: Sendable {
    case standardOutput
    case file(String, descriptor: Int32)
  }

  private let destination: Destination
  private let size = Mutex<Int?>(nil)

  /// The length of the file in bytes; nil for standard output.
  var length: Int? { size.withLock { $0 } }

  /// Opens a file, which is created when there is none and keeps what it holds; nil means standard output.
  init(_ path: String?) throws {
    guard let path else {
      destination = .standardOutput
      return
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path, "open") }
    destination = .file(path, descriptor: descriptor)
    let end = Int(lseek(descriptor, 0, SEEK_END))
    size.withLock { $0 = end }
  }

  deinit {
    if case .file(_, let descriptor) = destination { close(descriptor) }
  }

  /// Writes whole lines.
  func write(_ bytes: [UInt8]) throws {
    guard case .file(let path, let descriptor) = destination else { return try StandardOutput.send(bytes) }
    var position = 0
    while position < bytes.count {
      let written = bytes[position...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw Self.failure(path, "write")
      }
      position += written
    }
    size.withLock { $0 = ($0 ?? 0) + bytes.count }
  }

  /// Makes sure that what was written is on disk.
  func sync() throws {
    guard case .file(let path, let descriptor) = destination else { return }
    guard fsync(descriptor) == 0 else { throw Self.failure(path, "sync") }
  }

  /// Makes sure that a file is as long as a state says; nil says nothing.
  func require(_ count: Int?) throws {
    guard case .file(let path, _) = destination, let length, let count, count > length else { return }
    throw FileFailure(
      path: path, operation: "go on", reason: "it has \(length) bytes, and the state speaks of \(count)")
  }

  /// Forgets what follows the first `count` bytes; does nothing to standard output.
  func cut(to count: Int) throws {
    try require(count)
    guard case .file(let path, let descriptor) = destination else { return }
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw Self.failure(path, "shorten") }
    size.withLock { $0 = count }
  }

  /// Forgets a last line without its end, and returns the number of lines that follow the first `count` bytes.
  func settle(after count: Int) throws -> Int {
    guard case .file(let path, let descriptor) = destination, let length else { return 0 }
    guard count <= length else { return 0 }
    var lines = 0
    var end = count
    var position = count
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while position < length {
      let read = pread(descriptor, &chunk, chunk.count, off_t(position))
      guard read > 0 else { throw Self.failure(path, "read") }
      for (offset, byte) in chunk[..<read].enumerated() where byte == UInt8(ascii: "\n") {
        lines += 1
        end = position + offset + 1
      }
      position += read
    }
    try cut(to: end)
    return lines
  }

  private static func failure(_ path: String, _ operation: String) -> FileFailure {
    FileFailure(path: path, operation: operation, reason: String(cString: strerror(errno)))
  }
}
