internal import GRDB

/// The tables of a ledger, and how older ones become the present ones.
///
/// Instants are nanoseconds since the epoch, lengths of time nanoseconds, margins parts per million of notional.
enum LedgerSchema {
  /// Says in the file's header whose it is: "SFLG".
  static let applicationID = 0x5346_4c47

  /// Every version of the tables, in order; a version that was published never changes.
  static let migrator = migrator(versions: versions)

  static func migrator(versions: [(name: String, sql: String)]) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for version in versions {
      migrator.registerMigration(version.name) { try $0.execute(sql: version.sql) }
    }
    return migrator
  }

  static let versions = [(name: "1", sql: first)]

  private static let first = """
    PRAGMA application_id = \(applicationID);
    CREATE TABLE markets (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE models (
      id INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      information_span INTEGER NOT NULL,
      minimum_skill REAL,
      onset_rate REAL NOT NULL,
      state_rate REAL NOT NULL
    ) STRICT;
    CREATE TABLE model_rates (
      model INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
      market INTEGER NOT NULL REFERENCES markets,
      onset_rate REAL NOT NULL,
      state_rate REAL NOT NULL,
      PRIMARY KEY (model, market)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE model_roles (
      id INTEGER PRIMARY KEY,
      first_line INTEGER NOT NULL,
      model INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
      role TEXT NOT NULL CHECK (role IN ('champion', 'challenger'))
    ) STRICT;
    CREATE TABLE origins (
      time INTEGER NOT NULL,
      market INTEGER NOT NULL REFERENCES markets,
      side TEXT NOT NULL CHECK (side IN ('sell', 'buy')),
      line INTEGER NOT NULL,
      in_shortfall INTEGER CHECK (in_shortfall IN (0, 1)),
      warming INTEGER NOT NULL CHECK (warming IN (0, 1)),
      intervention INTEGER NOT NULL CHECK (intervention IN (0, 1)),
      PRIMARY KEY (time, market, side)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE predictions (
      time INTEGER NOT NULL,
      market INTEGER NOT NULL,
      side TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('champion', 'challenger')),
      model INTEGER NOT NULL REFERENCES models,
      probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
      high REAL CHECK (high BETWEEN 0 AND 1),
      alert INTEGER NOT NULL CHECK (alert IN (0, 1)),
      PRIMARY KEY (time, market, side, role),
      FOREIGN KEY (time, market, side) REFERENCES origins ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE quantiles (
      time INTEGER NOT NULL,
      market INTEGER NOT NULL,
      side TEXT NOT NULL,
      role TEXT NOT NULL,
      level REAL NOT NULL CHECK (level > 0 AND level < 1),
      notional REAL NOT NULL,
      said REAL NOT NULL,
      adapted REAL,
      PRIMARY KEY (time, market, side, role, level, notional),
      FOREIGN KEY (time, market, side, role) REFERENCES predictions ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE outcomes (
      time INTEGER NOT NULL,
      market INTEGER NOT NULL,
      side TEXT NOT NULL,
      matured INTEGER NOT NULL,
      shortfall INTEGER CHECK (shortfall IN (0, 1)),
      censored TEXT,
      CHECK ((shortfall IS NULL) <> (censored IS NULL)),
      PRIMARY KEY (time, market, side),
      FOREIGN KEY (time, market, side) REFERENCES origins ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE losses (
      time INTEGER NOT NULL,
      market INTEGER NOT NULL,
      side TEXT NOT NULL,
      notional REAL NOT NULL,
      loss REAL NOT NULL,
      PRIMARY KEY (time, market, side, notional),
      FOREIGN KEY (time, market, side) REFERENCES outcomes ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE margins (
      time INTEGER NOT NULL,
      market INTEGER NOT NULL REFERENCES markets,
      side TEXT NOT NULL CHECK (side IN ('sell', 'buy')),
      tier REAL NOT NULL,
      margin_before INTEGER NOT NULL,
      margin_after INTEGER NOT NULL,
      reason TEXT NOT NULL,
      expiry INTEGER,
      PRIMARY KEY (time, market, side, tier)
    ) STRICT, WITHOUT ROWID;
    """
}
