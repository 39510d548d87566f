#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file of metrics for the node exporter's textfile collector, in which there is always a whole sheet.
///
/// It is not synced: after a power cut there is nothing to collect.
public struct MetricsFile: Sendable {
  /// Why a sheet could not be written.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, what was tried and why it failed, in words.
    public let description: String
  }

  /// Where it lies.
  public let path: String

  /// Names a file; the collector reads names that end with `.prom`.
  public init(path: String) { self.path = path }

  /// Replaces the file in one step.
  public func write(_ sheet: MetricSheet) throws(Failure) {
    // In the same folder, or a rename would not be one step; and not ending with '.prom', or it would be collected.
    let incoming = path + ".incoming"
    let descriptor = open(incoming, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(incoming, "create") }
    do throws(Failure) {
      try write(Array(sheet.text.utf8), to: descriptor, incoming)
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw failure(incoming, "write") }
    guard rename(incoming, path) == 0 else { throw failure(path, "replace") }
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(Failure) {
    var position = 0
    while position < bytes.count {
      let written = bytes[position...].withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw failure(path, "write")
      }
      position += written
    }
  }

  private func failure(_ path: String, _ operation: String) -> Failure {
    Failure(description: "\(path): cannot \(operation): \(String(cString: strerror(errno)))")
  }
}
