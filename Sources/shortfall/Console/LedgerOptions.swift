import ArgumentParser
import Ledger
import Margining
import Markets
import ModelStore
import Workflows

/// What a stream keeps of what it said.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep what is said, what follows and which model spoke in a SQLite file, for 'monitor'.", valueName: "file"))
  var ledger: String?

  @Option(
    help: ArgumentHelp(
      "The least time between two books of a market that the ledger holds (default: 1m).", valueName: "time"))
  var ledgerEvery: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "How far back the ledger reaches, as the books tell the time; everything when not given.", valueName: "time"))
  var ledgerKeep: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "A second model that is scored in shadow: only the ledger knows what it says.", valueName: "directory"))
  var challenger: String?

  func validate() throws {
    if ledger == nil, ledgerEvery != nil || ledgerKeep != nil || challenger != nil {
      throw ValidationError("--ledger-every, --ledger-keep and --challenger need --ledger.")
    }
    if let ledgerEvery, ledgerEvery < .zero { throw ValidationError("--ledger-every must not be negative.") }
    if let ledgerKeep, ledgerKeep <= .zero { throw ValidationError("--ledger-keep must be above zero.") }
  }

  /// What writes the ledger; nil without one.
  func writer() throws -> LedgerWriter? {
    try ledger.map { LedgerWriter(try Ledger($0, for: .writing), retention: ledgerKeep) }
  }

  /// What becomes records; nil without a ledger.
  func settings(_ curve: MultiplierCurve) throws -> RecordSettings? {
    if ledger == nil { return nil }
    return RecordSettings(
      spacing: ledgerEvery ?? RecordSettings.standardSpacing, curve: curve,
      challenger: try challenger.map { try StoredModel.load($0).artefact })
  }
}
