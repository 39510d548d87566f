internal import Checkpoints
public import ModelStore

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that holds a stream's state, of which there is always a whole one: the old or the new.
public final class StateFile: Sendable {
  /// Where it lies.
  public let path: String
  private let lock: Int32

  /// Takes a file, which need not exist yet, for this process alone.
  ///
  /// - Throws: `StoreFailure` when another process has it.
  public init(_ path: String) throws(StoreFailure) {
    self.path = path
    let name = path + ".lock"
    lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard lock >= 0 else { throw Self.failure(name, "create") }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw .inUse(path: path)
    }
  }

  deinit { close(lock) }

  /// The state in the file; nil when there is no file.
  ///
  /// - Throws: `StoreFailure` when the file is no whole state in the known format, or cannot be read.
  public func load() throws(StoreFailure) -> StreamState? {
    guard access(path, F_OK) == 0 else {
      if errno == ENOENT { return nil }
      throw Self.failure(path, "open")
    }
    let bytes = try DurableFile.read(path)
    do {
      return try StreamState(bytes: bytes)
    } catch {
      throw .malformed(path: path, reason: error.description)
    }
  }

  /// Puts a state into the file, in one step and on disk when it returns.
  ///
  /// - Throws: `StoreFailure`; the file then holds the old state or, when only the last sync failed, the new one.
  public func save(_ state: TakenState) throws(StoreFailure) {
    let bytes = StreamState.bytes(state)
    let incoming = path + ".incoming"
    try DurableFile.write(bytes, to: incoming)
    guard try DurableFile.read(incoming) == bytes else { throw .notWrittenFaithfully(path: incoming) }
    try DurableFile.rename(incoming, to: path)
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    try DurableFile.syncDirectory(folder)
  }

  private static func failure(_ path: String, _ operation: String) -> StoreFailure {
    .file(path: path, operation: operation, reason: String(cString: strerror(errno)))
  }
}
