#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// File operations that are on disk when they return.
package enum DurableFile {
  /// Writes a new file and syncs it.
  package static func write(_ bytes: [UInt8], to path: String) throws(StoreFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, "create") }
    defer { close(descriptor) }
    try write(bytes, to: descriptor, path)
  }

  /// Writes to an open file and syncs it.
  static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(StoreFailure) {
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
    guard fsync(descriptor) == 0 else { throw failure(path, "sync") }
  }

  /// The whole content of a file.
  package static func read(_ path: String) throws(StoreFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "open") }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count == 0 { return content }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, "read")
      }
      content.append(contentsOf: chunk[..<count])
    }
  }

  /// Syncs a directory, so that the names in it are on disk.
  package static func syncDirectory(_ path: String) throws(StoreFailure) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path, "sync") }
  }

  /// Renames within one file system, replacing a file or link of the new name.
  package static func rename(_ old: String, to new: String) throws(StoreFailure) {
    #if canImport(Glibc)
      let status = Glibc.rename(old, new)
    #else
      let status = Darwin.rename(old, new)
    #endif
    guard status == 0 else { throw failure(new, "rename to") }
  }

  /// Creates a symbolic link.
  static func link(_ path: String, to target: String) throws(StoreFailure) {
    guard symlink(target, path) == 0 else { throw failure(path, "link") }
  }

  static func failure(_ path: String, _ operation: String) -> StoreFailure {
    .file(path: path, operation: operation, reason: String(cString: strerror(errno)))
  }
}

extension DurableFile {
  /// Runs `body` while no other process holds the directory's lock; the system frees it should this one be killed.
  static func locking<Result>(
    _ directory: String, _ body: () throws(StoreFailure) -> Result
  ) throws(StoreFailure) -> Result {
    let path = directory + "/.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, "create") }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(directory: directory) }
    return try body()
  }
}
