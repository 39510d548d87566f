internal import Margining
internal import Markets

/// What controls a change of margin, in the order of the control chain.
extension PolicyCatalogue {
  static let controlSettings: [PolicySetting] = antiProcyclicalitySettings + paceSettings

  private static let antiProcyclicalitySettings: [PolicySetting] = [
    .section(
      "antiProcyclicality", .optional,
      """
      Step 2, the three tools of Article 28 (1) of Regulation (EU) No 153/2013, each a switch. They ask for more in calm \
      times so that stress has to add less. Where nothing is known of past losses they are not applied, and the reason \
      says so.
      """),
    .section(
      "antiProcyclicality.buffer", .off, isOn: { $0.antiProcyclicality.buffer != nil },
      """
      Tool (a), a buffer on the requirement that stress uses up: whole up to the requirement of the longest history, \
      falling in a straight line from there.
      """),
    .value(
      "antiProcyclicality.buffer.share", unit: "share of the requirement", range: "0.25 to 10", .standard("0.25"),
      example: "0.25", { $0.antiProcyclicality.buffer.map { PolicyFigures.number($0.share) } }, "The whole buffer."),
    .value(
      "antiProcyclicality.buffer.exhaustedAt", unit: "multiple of the longest history's requirement",
      range: "1 + share to 1,000", .standard("2"), example: "2",
      { $0.antiProcyclicality.buffer.map { PolicyFigures.number($0.exhaustedAt) } },
      "The requirement at which the buffer is used up."),
    .value(
      "antiProcyclicality.stressedWeight", unit: "share", range: "0.25 to 1", .off, example: "0.25",
      { $0.antiProcyclicality.stressedWeight.map(PolicyFigures.number) },
      """
      Tool (b), the weight that the requirement from stressed times gets beside the raw requirement; it never lowers \
      the raw one.
      """),
    .value(
      "antiProcyclicality.longestHistoryFloor", unit: "on or off", range: "", .standard("off"),
      { $0.antiProcyclicality.longestHistoryFloor.rawValue },
      "Tool (c), whether the requirement stays at or above that of the longest history."),
  ]

  private static let paceSettings: [PolicySetting] = [
    .section(
      "hysteresis", .required,
      """
      Step 3, quick to believe danger, slow to believe calm. In the conditional form the probability is the one that the \
      wanted margin implies: target × (wanted / in force)^(1 / tailIndex), for the tier that wants most.
      """),
    .value(
      "hysteresis.raiseAbove", unit: "probability", range: "above 0 to 1, not below multiplier.target", .required,
      example: "0.05", { PolicyFigures.number($0.hysteresis.raiseAbove.value) },
      "Margin may rise only after scores above this."),
    .value(
      "hysteresis.releaseBelow", unit: "probability", range: "above 0 to half of hysteresis.raiseAbove", .required,
      example: "0.02", { PolicyFigures.number($0.hysteresis.releaseBelow.value) },
      "Margin may fall only while scores are below this."),
    .value(
      "hysteresis.confirmations", unit: "count", range: "1 to 1,000", .standard("2"),
      { "\($0.hysteresis.confirmations)" }, "How many scores in a row must be above raiseAbove before margin may rise."),
    .value(
      "hysteresis.coolDown", unit: "length of time", range: "above 0", .standard("6h"),
      { $0.hysteresis.coolDown.description },
      """
      Margin may fall only when every score has been below releaseBelow for this long; a missing score starts the time \
      again.
      """),
    .section(
      "rateLimits", .required,
      """
      Step 4, for each tier. A limit smaller than the dead band of a tier's margin is counted over as many hours as it \
      needs to reach the dead band, because otherwise the two would block each other.
      """),
    .value(
      "rateLimits.up", unit: "fraction of notional per hour", range: "above 0 to 1", .required, example: "0.05",
      { PolicyFigures.number($0.rateLimits.up.fraction) }, "The largest rise of a maintenance margin."),
    .value(
      "rateLimits.down", unit: "fraction of notional per hour", range: "above 0 to rateLimits.up", .required,
      example: "0.005", { PolicyFigures.number($0.rateLimits.down.fraction) },
      "The largest fall of a maintenance margin."),
    .value(
      "deadBand", unit: "share of the margin in force", range: "0 to 0.5", .standard("0.05"),
      { PolicyFigures.number($0.deadBand) },
      "Step 5: a schedule changes only when at least one of its tiers changes by this share."),
    .section(
      "bounds", .required,
      "Step 6: every scheduled maintenance margin must lie inside, and no recommended one leaves them."),
    .value(
      "bounds.floor", unit: "fraction of notional", range: "above 0 to 1", .required, example: "0.004",
      { PolicyFigures.number($0.bounds.floor.fraction) }, "The smallest maintenance margin."),
    .value(
      "bounds.cap", unit: "fraction of notional", range: "bounds.floor to 1", .required, example: "0.5",
      { PolicyFigures.number($0.bounds.cap.fraction) }, "The largest maintenance margin."),
  ]

  static let feedbackSettings: [PolicySetting] = [
    .section(
      "guard", .optional,
      """
      Step 7, the feedback guard: a raise itself liquidates accounts. Existing positions get at once the largest share \
      of it that forces out no more than the book absorbs, and the rest along a published path; new positions get the \
      whole raise. It needs a file of accounts; without one the reason says that it was not applied.
      """),
    .value(
      "guard.share", unit: "share of the persistent depth", range: "above 0 to 1", .standard("0.1"),
      { PolicyFigures.number($0.feedbackGuard.share) },
      "The notional that raises may force out at once within one step of the path."),
    .value(
      "guard.glide", unit: "length of time", range: "above 0", .standard("24h"),
      { $0.feedbackGuard.glide.description }, "How long the rest of a raise takes to reach existing positions."),
    .value(
      "guard.steps", unit: "count", range: "1 to 1,000", .standard("4"), { "\($0.feedbackGuard.steps)" },
      "In how many equal parts the rest follows."),
    .section(
      "injection", .off, isOn: { $0.injection != nil },
      """
      Depth to add in place of a raise, weighed against it: a recommendation, which changes no margin. Costs are yours \
      to state; there are no defaults.
      """),
    .value(
      "injection.cover", unit: "number", range: "above 0 to 100", .standard("1"), example: "1",
      { $0.injection.map { PolicyFigures.number($0.cover) } },
      "How much depth should stand behind each unit of liquidatable notional."),
    .value(
      "injection.within", unit: "basis points", range: "above 0", .required, example: "100bp",
      { $0.injection.map(\.within.description) }, "The distance from the mid within which depth is added."),
    .value(
      "injection.costPerDay", unit: "fraction of the depth per day", range: "at least 0", .required,
      example: "0.0005", { $0.injection.map { PolicyFigures.number($0.costPerDay) } }, "What a unit of depth costs."),
    .value(
      "injection.marginCostPerDay", unit: "fraction of the margin per day", range: "at least 0", .required,
      example: "0.0003", { $0.injection.map { PolicyFigures.number($0.marginCostPerDay) } },
      "What a unit of margin costs a client."),
  ]

  static let silenceSettings: [PolicySetting] = [
    .section(
      "noScore", .optional,
      "Without a recent score: the largest of the margin in force, the floor and the fallback."),
    .value(
      "noScore.staleAfter", unit: "length of time", range: "above 0", .standard("1h"),
      { $0.noScore.staleAfter.description },
      """
      A score of this age is no score; a silence this long between scores makes confirmations start again.
      """),
    .value(
      "noScore.fallbackMultiplier", unit: "number", range: "1 to 1,000", .standard("1"),
      { PolicyFigures.number($0.noScore.fallbackMultiplier) }, "The fallback is the scheduled margin times this."),
    .value(
      "expiry", unit: "length of time", range: "at least twice noScore.staleAfter", .standard("2h"),
      { $0.expiry.description },
      """
      How long a recommendation of `score --recommendations` holds unless a later line comes; then the fallback takes its \
      place: the largest of the margin in force, the floor and the fallback of noScore. Lines are renewed from half of it \
      on while books are fresh. When left out it is twice noScore.staleAfter, which is 2h where that is left out too.
      """),
    .section(
      "emergencyOverride", .off, isOn: { $0.emergencyOverride != nil },
      """
      A person's decision to lift rateLimits.up for a while. It raises nothing by itself, and all other steps still hold.
      """),
    .value(
      "emergencyOverride.reason", unit: "text", range: "not blank", .required,
      example: PolicyFigures.text("the venue's index feed is down"),
      { $0.emergencyOverride.map { PolicyFigures.text($0.reason) } },
      "Why; printed with every raise that the override lets through."),
    .value(
      "emergencyOverride.starts", unit: "RFC 3339 instant", range: "", .required, example: "2025-10-10T21:00:00Z",
      { $0.emergencyOverride?.start.description }, "The first instant at which it applies."),
    .value(
      "emergencyOverride.expires", unit: "RFC 3339 instant", range: "after emergencyOverride.starts", .required,
      example: "2025-10-10T23:00:00Z", { $0.emergencyOverride?.expiry.description },
      "The first instant at which it no longer applies."),
  ]
}
