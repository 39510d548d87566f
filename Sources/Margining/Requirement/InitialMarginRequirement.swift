public import Markets

/// Why an initial margin is what it is.
public indirect enum InitialMarginReason: Hashable, Sendable, CustomStringConvertible {
  /// The maintenance margin over its scheduled share of the initial margin.
  case maintenanceShare(Double)
  /// The maintenance margin and the adverse return over the notice period, which is more.
  case noticePeriod(adverseReturn: Double)
  /// Raised for an open interest in quote currency beside the persistent depth, and why it was what it was before.
  case openInterest(Double, persistentDepth: Double, before: MarginFraction, InitialMarginReason)
  /// The one in force stays, and why.
  case held(Hold)

  /// Why an initial margin stays as it is.
  public enum Hold: String, Hashable, Sendable {
    /// Nothing recent is known that could lower it.
    case nothingRecent = "nothing recent is known"
    /// No tier would change by the dead band, and the maintenance margins stay.
    case deadBand = "a change would be below the dead band"
  }

  /// The reason in words.
  public var description: String {
    switch self {
    case .maintenanceShare(let share): "maintenance margin over its share of \(ReasonText.percent(share))"
    case .noticePeriod(let adverseReturn):
      "maintenance margin and an adverse return of \(ReasonText.percent(adverseReturn)) over the notice period"
    case .openInterest(let notional, let depth, let before, let reason):
      "raised from \(ReasonText.percent(before)) (\(reason)) for an open interest of \(ReasonText.amount(notional)) "
        + "beside a persistent depth of \(ReasonText.amount(depth))"
    case .held(let hold): "the initial margin in force holds: \(hold.rawValue)"
    }
  }
}

/// The initial margin that goes with a maintenance margin.
///
/// `max(MM / f, MM + adverse return over the notice period)` where the conditional form decides, `MM / f` elsewhere; then
/// scaled with open interest where that and the persistent depth are known; at most the whole notional.
struct InitialMarginRequirement: Sendable {
  private let schedule: TierSchedule
  private let noticeReturn: Double
  private let openInterest: Double?
  private let persistentDepth: Double
  private let scaling: OpenInterestSettings?

  init(settings: MarginPolicySettings, _ context: RuleContext) {
    let requirement = context.conditional.requirement
    schedule = context.schedule
    noticeReturn = settings.form == .conditional ? requirement?.noticeReturn ?? 0 : 0
    persistentDepth = max(0, requirement?.evidence.persistentDepth ?? 0)
    scaling = requirement == nil ? nil : settings.openInterest
    openInterest = scaling?.known[context.request.market]
  }

  /// An initial margin and why it is what it is.
  typealias Entry = (margin: MarginFraction, reason: InitialMarginReason)

  /// The initial margin, rounded up, and why.
  func initialMargin(for maintenance: MarginFraction) -> Entry {
    var margin = schedule.initialMargin(for: maintenance)
    var reason = InitialMarginReason.maintenanceShare(schedule.maintenanceShare)
    let noticed = MarginFraction(roundingUp: min(1, maintenance.fraction + noticeReturn)) ?? .full
    if noticed > margin {
      margin = noticed
      reason = .noticePeriod(adverseReturn: noticeReturn)
    }
    guard let openInterest, let scaled = scaled(margin, openInterest), scaled > margin else { return (margin, reason) }
    return (scaled, .openInterest(openInterest, persistentDepth: persistentDepth, before: margin, reason))
  }

  /// The margin scaled with open interest; the whole notional for any open interest beside a book without depth.
  private func scaled(_ margin: MarginFraction, _ openInterest: Double) -> MarginFraction? {
    guard let scaling else { return nil }
    guard persistentDepth > 0 else { return openInterest > 0 ? .full : nil }
    return OpenInterestScaling(
      base: margin.fraction, lowerCap: scaling.lower * persistentDepth, upperCap: scaling.upper * persistentDepth
    )?.initialMargin(atOpenNotional: openInterest).flatMap(MarginFraction.init(roundingUp:))
  }
}
