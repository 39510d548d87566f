#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that only grows, open in one process at a time.
final class AppendedFile {
  private let path: String
  private let descriptor: Int32

  /// Opens the file, or creates an empty one, and locks it; the system frees it should this process be killed.
  init(_ path: String) throws(StoreFailure) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw DurableFile.failure(path, "create") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .inUse(path: path)
    }
  }

  deinit { close(descriptor) }

  /// Adds bytes at the end; they are on disk when this returns.
  func append(_ bytes: [UInt8]) throws(StoreFailure) {
    try DurableFile.write(bytes, to: descriptor, path)
  }

  /// Forgets everything from a position on.
  func cut(to length: Int) throws(StoreFailure) {
    guard ftruncate(descriptor, off_t(length)) == 0, fsync(descriptor) == 0 else {
      throw DurableFile.failure(path, "shorten")
    }
  }
}
