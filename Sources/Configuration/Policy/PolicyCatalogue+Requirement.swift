internal import Margining
internal import Markets

/// What a requirement is made of.
extension PolicyCatalogue {
  static let requirementSettings: [PolicySetting] =
    [
      .value(
        "form", unit: "conditional or probability", range: "", .standard("probability"), { $0.form.rawValue },
        """
        What the raw requirement is made of (step 1). `probability`: the scheduled margin times a multiple that grows with \
        the probability of a shortfall. `conditional`: what closing out costs given the book of now; where that is \
        not known any more, the margin in force holds, and where it was never known, the probability form stands in.
        """)
    ] + multiplierSettings + conditionalSettings

  private static let multiplierSettings: [PolicySetting] = [
    .section(
      "multiplier", .required,
      """
      The probability form: margin = scheduled margin × clip((p / target)^tailIndex, 1, maximum), where p is the \
      probability that the market falls short within the model's horizon.
      """),
    .value(
      "multiplier.target", unit: "probability", range: "above 0 to 1", .required, example: "0.01",
      { PolicyFigures.number($0.curve.target.value) },
      "The risk that the scheduled margin is meant to leave; in the conditional form the miss rate ε that is aimed at."),
    .value(
      "multiplier.tailIndex", unit: "number", range: "above 0 to 1", .standard("0.4"),
      { PolicyFigures.number($0.curve.tailIndex) },
      """
      The shape of the loss tail; larger reacts more strongly. With 0.4, a probability of 0.05 against a target of 0.01 \
      gives a multiplier of 1.904.
      """),
    .value(
      "multiplier.maximum", unit: "number", range: "1 to 1,000", .standard("3"),
      { PolicyFigures.number($0.curve.maximum) }, "The largest multiplier."),
  ]

  private static let conditionalSettings: [PolicySetting] = [
    .section(
      "conditional", .optional,
      """
      The conditional form: margin = max(base + liquidity + concentration, model's quantile of the close-out loss), at \
      least bounds.floor. Liquidity is half the spread and the cost of sweeping the book.
      """),
    .value(
      "conditional.historyShare", unit: "share", range: "0 to 1", .standard("1"),
      { PolicyFigures.number($0.conditional.historyShare) },
      "The share of the past's quantile of adverse returns that the base asks for."),
    .value(
      "conditional.stressedShare", unit: "share", range: "0 to 1", .standard("0.25"),
      { PolicyFigures.number($0.conditional.stressedShare) },
      "The weight of stressed times in that quantile."),
    .value(
      "conditional.spreadDeviations", unit: "number", range: "0 to 100", .standard("2"),
      { PolicyFigures.number($0.conditional.spreadDeviations) },
      "How many standard deviations of the quoted spread are added to its mean."),
    .section(
      "conditional.concentration", .optional,
      """
      The add-on for positions that are large beside the book: coefficient × volatility over the horizon × \
      √((notional − from) / capacity), where capacity = depthShare × persistent depth + refill.
      """),
    .value(
      "conditional.concentration.coefficient", unit: "number", range: "0 to 100", .standard("1"),
      { PolicyFigures.number($0.conditional.concentration.coefficient) },
      "The strength of market impact; near 1 in the literature, 0 switches the add-on off."),
    .value(
      "conditional.concentration.depthShare", unit: "share", range: "0 to 1", .standard("1"),
      { PolicyFigures.number($0.conditional.concentration.depthShare) },
      "The share of the persistent depth that a close-out may count on."),
    .value(
      "conditional.concentration.refill", unit: "quote currency", range: "at least 0", .standard("0"),
      { PolicyFigures.number($0.conditional.concentration.refill) },
      "The depth that is expected to come back within the horizon."),
    .value(
      "conditional.concentration.from", unit: "quote currency", range: "at least 0", .standard("0"),
      { PolicyFigures.number($0.conditional.concentration.from) },
      "The notional up to which nothing is added."),
    .value(
      "conditional.noticeMultiple", unit: "horizons", range: "0 to 10,000", .standard("1"),
      { PolicyFigures.number($0.conditional.noticeMultiple) },
      """
      The notice period of a client in horizons of the model. The initial margin is at least the maintenance margin and \
      the past's quantile of adverse returns times the square root of this.
      """),
  ]

  static let initialMarginSettings: [PolicySetting] = [
    .section(
      "openInterest", .off, isOn: { $0.openInterest != nil },
      """
      The initial margin rises with a market's open interest: from its own value at `lower` times the persistent depth \
      to the whole notional at `upper` times it. Where the persistent depth is not known nothing rises.
      """),
    .value(
      "openInterest.lower", unit: "multiple of the persistent depth", range: "at least 0", .required, example: "20",
      { $0.openInterest.map { PolicyFigures.number($0.lower) } },
      "The open interest from which the initial margin rises."),
    .value(
      "openInterest.upper", unit: "multiple of the persistent depth", range: "above openInterest.lower", .required,
      example: "100", { $0.openInterest.map { PolicyFigures.number($0.upper) } },
      "The open interest from which the whole notional is asked for."),
    .section(
      "openInterest.known", .required, isOn: { $0.openInterest != nil },
      "The open interest of each market that is scaled. Each must have a schedule; at least one is needed."),
    PolicySetting(
      path: "openInterest.known.<market>", content: .value(unit: "quote currency", range: "at least 0"),
      presence: .required, explanation: "The open interest of the market.",
      reading: { settings in
        guard let openInterest = settings.openInterest else { return .off }
        return .byMarket(
          openInterest.known.sorted { $0.key < $1.key }.map { ($0.key.text, PolicyFigures.number($0.value)) })
      }, example: "250000000"),
  ]
}
