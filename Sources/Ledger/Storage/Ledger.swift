internal import Foundation
internal import GRDB
internal import Markets
internal import Synchronization

/// A SQLite file of what was said on a stream, what followed, which margins were recommended and which models spoke.
///
/// Others may read it while a stream writes: the file is in write-ahead mode, and each reading sees whole transactions.
public final class Ledger: Sendable {
  /// What a ledger is opened for.
  public enum Access: Sendable {
    /// An existing file is read and never changed.
    case reading
    /// A file is made when there is none, and older tables become the present ones.
    case writing
  }

  /// Where it lies.
  public let path: String

  let database: DatabaseQueue
  /// The numbers that names have in this file.
  let numbers = Mutex(LedgerNumbers())

  /// Opens a ledger.
  ///
  /// - Throws: `LedgerFailure` for a file that is missing when it is to be read, is no ledger, is damaged, or was written
  ///   by a newer program; such a file is left as it was.
  public convenience init(_ path: String, for access: Access) throws(LedgerFailure) {
    try self.init(path, for: access, migrator: LedgerSchema.migrator)
  }

  /// The versions of the tables that have been published, each with the statements that make it of the one before.
  package static var publishedVersions: [(name: String, sql: String)] { LedgerSchema.versions }

  /// Opens a ledger for writing as a program that knows these versions would.
  package convenience init(_ path: String, versions: [(name: String, sql: String)]) throws(LedgerFailure) {
    try self.init(path, for: .writing, migrator: LedgerSchema.migrator(versions: versions))
  }

  init(_ path: String, for access: Access, migrator: DatabaseMigrator) throws(LedgerFailure) {
    self.path = path
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    if size > 0 {
      try Self.inspect(path, migrator)
    } else if access == .reading {
      throw LedgerFailure(path, FileManager.default.fileExists(atPath: path) ? "it is empty" : "no such file")
    }
    do {
      database = try DatabaseQueue(path: path, configuration: Self.configuration(access))
      if access == .writing {
        // A transaction that returned is on disk: the stream's state, which is kept after it, relies on that.
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try migrator.migrate(database)
      } else if try database.read({ try !migrator.hasCompletedMigrations($0) }) {
        throw LedgerFailure(path, "it was written by an older program; open it once with 'score --ledger'")
      }
    } catch let failure as LedgerFailure {
      throw failure
    } catch {
      throw LedgerFailure(path, of: error)
    }
  }

  private static func configuration(_ access: Access) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = access == .reading
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
    if access == .writing { configuration.journalMode = .wal }
    return configuration
  }

  /// Makes sure that a file is a ledger of a known version, before anything in it could change.
  private static func inspect(_ path: String, _ migrator: DatabaseMigrator) throws(LedgerFailure) {
    do {
      try DatabaseQueue(path: path, configuration: configuration(.reading)).read { database in
        let owner = try Int.fetchOne(database, sql: "PRAGMA application_id")
        // A process that was killed while it made the file leaves one without tables.
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if owner != LedgerSchema.applicationID, tables > 0 {
          throw LedgerFailure(path, "it is no ledger, but another program's database")
        }
        if tables > 0, try migrator.hasBeenSuperseded(database) {
          throw LedgerFailure(path, "it was written by a newer program")
        }
      }
    } catch let failure as LedgerFailure {
      throw failure
    } catch {
      throw LedgerFailure(path, of: error)
    }
  }

  /// Runs a piece of reading.
  func read<Value>(_ body: (Database) throws -> Value) throws(LedgerFailure) -> Value {
    do {
      return try database.read(body)
    } catch {
      throw LedgerFailure(path, of: error)
    }
  }
}

/// The numbers that stand for names in a ledger's rows.
struct LedgerNumbers: Sendable {
  var markets: [MarketName: Int64] = [:]
  var models: [String: Int64] = [:]
}
