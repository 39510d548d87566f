internal import GRDB

/// Why a ledger cannot be opened, read or written.
public struct LedgerFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The ledger's file.
  public let path: String
  /// What is wrong, in words.
  public let reason: String

  init(_ path: String, _ reason: String) {
    self.path = path
    self.reason = reason
  }

  /// What the database said of a file, in words that say what to do about it.
  init(_ path: String, of error: any Error) {
    guard let error = error as? DatabaseError else {
      self.init(path, "\(error)")
      return
    }
    let reason =
      switch error.resultCode {
      case .SQLITE_NOTADB: "it is no ledger: not a SQLite file"
      case .SQLITE_CORRUPT: "it is damaged: \(error.message ?? "its pages do not fit together")"
      case .SQLITE_BUSY, .SQLITE_LOCKED: "another process keeps it locked"
      case .SQLITE_CANTOPEN: "cannot open it"
      case .SQLITE_READONLY, .SQLITE_PERM: "it is not writable"
      case .SQLITE_FULL: "the disk is full"
      default: error.message ?? "\(error)"
      }
    self.init(path, reason)
  }

  /// The failure in one sentence.
  public var description: String { "\(path): \(reason)" }
}
