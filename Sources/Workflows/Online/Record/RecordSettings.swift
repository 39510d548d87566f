internal import Labels
internal import Ledger
public import Margining
public import Markets
public import ModelStore
internal import Validation

/// What a stream writes into its ledger.
public struct RecordSettings: Sendable {
  /// The least time between two recorded books of a market, unless configured otherwise.
  public static let standardSpacing = TimeSpan.minutes(1)

  /// The least time between two recorded books of a market; of the books whose outcomes are awaited, all are recorded when
  /// it is zero.
  public let spacing: TimeSpan
  /// What makes a probability an alert: the policy asks for more than the scheduled margin.
  public let curve: MultiplierCurve
  /// A model that is scored in shadow.
  public let challenger: ModelArtefact?

  /// Creates settings; nil for a negative spacing.
  public init?(spacing: TimeSpan = standardSpacing, curve: MultiplierCurve, challenger: ModelArtefact? = nil) {
    guard spacing >= .zero else { return nil }
    self.spacing = spacing
    self.curve = curve
    self.challenger = challenger
  }
}

extension ModelRecord {
  /// What a ledger keeps of a model whose first line is not known yet.
  ///
  /// - Throws: `EncodingError` when its settings have no JSON form, which no stored model lacks.
  init(_ artefact: ModelArtefact, role: ModelRole) throws {
    let rates = artefact.origin.rates
    let own = Set(artefact.groups.map(\.market)).map { market in
      (market, Rates(onset: rates.rate(of: market, .onset), state: rates.rate(of: market, .state)))
    }
    self.init(
      digest: try artefact.digest(), name: artefact.name, role: role,
      firstLine: 1, informationSpan: artefact.task.informationSpan,
      minimumSkill: artefact.origin.training?.gate.minimumSkill,
      rates: Rates(onset: rates.overall.onset, state: rates.overall.state),
      marketRates: Dictionary(own, uniquingKeysWith: { first, _ in first }))
  }
}
