internal import Margining
internal import Markets

extension MarginPolicySettings {
  /// Reads every setting but the schedules; what may be left out has the default of the domain.
  init(_ top: inout ConfigurationSection) throws(ConfigurationFault) {
    let form = try top.value("form")?.choice(of: RequirementForm.self) ?? .probability
    let curve = try top.required("multiplier").curve()
    let conditional = try top.value("conditional")?.conditional() ?? .standard
    let antiProcyclicality = try top.value("antiProcyclicality")?.antiProcyclicality() ?? .off
    let hysteresis = try top.required("hysteresis").hysteresis()
    let rateLimits = try top.required("rateLimits").rateLimits()
    let deadBand = try top.value("deadBand")?.number() ?? 0.05
    let bounds = try top.required("bounds").bounds()
    let openInterest = try top.value("openInterest")?.openInterest()
    let feedbackGuard = try top.value("guard")?.feedbackGuard() ?? .standard
    let injection = try top.value("injection")?.injection()
    let noScore = try top.value("noScore")?.noScore()
    let expiry = try top.value("expiry")?.span()
    let override = try top.value("emergencyOverride")?.emergencyOverride()
    do throws(MarginingFault) {
      let noScore = if let noScore { noScore } else { try NoScoreSettings() }
      try self.init(
        form: form, curve: curve, conditional: conditional, antiProcyclicality: antiProcyclicality,
        hysteresis: hysteresis, rateLimits: rateLimits, deadBand: deadBand, bounds: bounds, openInterest: openInterest,
        feedbackGuard: feedbackGuard, injection: injection, noScore: noScore, expiry: expiry,
        emergencyOverride: override)
    } catch {
      throw top.fault(at: error.path, error.reason)
    }
  }
}

/// What a requirement is made of.
extension ConfigurationValue {
  fileprivate func curve() throws(ConfigurationFault) -> MultiplierCurve {
    let standard = MultiplierCurve.standard
    var section = try section()
    let target = try section.required("target").probability()
    let tailIndex = try section.value("tailIndex")?.number() ?? standard.tailIndex
    let maximum = try section.value("maximum")?.number() ?? standard.maximum
    try section.finish()
    return try section.checked(in: "multiplier") { () throws(MarginingFault) in
      try MultiplierCurve(target: target, tailIndex: tailIndex, maximum: maximum)
    }
  }

  fileprivate func conditional() throws(ConfigurationFault) -> ConditionalSettings {
    let standard = ConditionalSettings.standard
    var section = try section()
    let historyShare = try section.value("historyShare")?.number() ?? standard.historyShare
    let stressedShare = try section.value("stressedShare")?.number() ?? standard.stressedShare
    let spreadDeviations = try section.value("spreadDeviations")?.number() ?? standard.spreadDeviations
    let concentration = try section.value("concentration")?.concentration() ?? standard.concentration
    let noticeMultiple = try section.value("noticeMultiple")?.number() ?? standard.noticeMultiple
    try section.finish()
    return try section.checked(in: "conditional") { () throws(MarginingFault) in
      try ConditionalSettings(
        historyShare: historyShare, stressedShare: stressedShare, spreadDeviations: spreadDeviations,
        concentration: concentration, noticeMultiple: noticeMultiple)
    }
  }

  private func concentration() throws(ConfigurationFault) -> ConcentrationSettings {
    let standard = ConcentrationSettings.standard
    var section = try section()
    let coefficient = try section.value("coefficient")?.number() ?? standard.coefficient
    let depthShare = try section.value("depthShare")?.number() ?? standard.depthShare
    let refill = try section.value("refill")?.number() ?? standard.refill
    let from = try section.value("from")?.number() ?? standard.from
    try section.finish()
    return try section.checked(in: "conditional.concentration") { () throws(MarginingFault) in
      try ConcentrationSettings(coefficient: coefficient, depthShare: depthShare, refill: refill, from: from)
    }
  }

  fileprivate func openInterest() throws(ConfigurationFault) -> OpenInterestSettings {
    var section = try section()
    let lower = try section.required("lower").number()
    let upper = try section.required("upper").number()
    let known = try section.required("known").amounts()
    try section.finish()
    return try section.checked(in: "openInterest") { () throws(MarginingFault) in
      try OpenInterestSettings(lower: lower, upper: upper, known: known)
    }
  }

  /// At least one number by market.
  private func amounts() throws(ConfigurationFault) -> [MarketName: Double] {
    var amounts: [MarketName: Double] = [:]
    var section = try section()
    for (name, value) in section.namedValues() {
      guard let market = MarketName(name) else { throw value.fault("a market's name \(MarketName.fault)") }
      amounts[market] = try value.number()
    }
    if amounts.isEmpty { throw fault("must name at least one market") }
    return amounts
  }
}

/// What controls a change of margin.
extension ConfigurationValue {
  fileprivate func antiProcyclicality() throws(ConfigurationFault) -> AntiProcyclicalitySettings {
    var section = try section()
    let buffer = try section.value("buffer")?.buffer()
    let stressedWeight = try section.value("stressedWeight")?.number()
    let floor = try section.value("longestHistoryFloor")?.choice(of: AntiProcyclicalitySettings.Switch.self) ?? .off
    try section.finish()
    return try section.checked(in: "antiProcyclicality") { () throws(MarginingFault) in
      try AntiProcyclicalitySettings(buffer: buffer, stressedWeight: stressedWeight, longestHistoryFloor: floor)
    }
  }

  private func buffer() throws(ConfigurationFault) -> MarginBuffer {
    var section = try section()
    let share = try section.value("share")?.number() ?? 0.25
    let exhaustedAt = try section.value("exhaustedAt")?.number() ?? 2
    try section.finish()
    return try section.checked(in: "antiProcyclicality.buffer") { () throws(MarginingFault) in
      try MarginBuffer(share: share, exhaustedAt: exhaustedAt)
    }
  }

  fileprivate func feedbackGuard() throws(ConfigurationFault) -> FeedbackGuardSettings {
    let standard = FeedbackGuardSettings.standard
    var section = try section()
    let share = try section.value("share")?.number() ?? standard.share
    let glide = try section.value("glide")?.span() ?? standard.glide
    let steps = try section.value("steps")?.integer(in: 1...1_000) ?? standard.steps
    try section.finish()
    return try section.checked(in: "guard") { () throws(MarginingFault) in
      try FeedbackGuardSettings(share: share, glide: glide, steps: steps)
    }
  }

  fileprivate func injection() throws(ConfigurationFault) -> InjectionSettings {
    var section = try section()
    let cover = try section.value("cover")?.number() ?? 1
    let within = try section.required("within").basisPoints()
    let costPerDay = try section.required("costPerDay").number()
    let marginCostPerDay = try section.required("marginCostPerDay").number()
    try section.finish()
    return try section.checked(in: "injection") { () throws(MarginingFault) in
      try InjectionSettings(
        cover: cover, within: within, costPerDay: costPerDay, marginCostPerDay: marginCostPerDay)
    }
  }

  fileprivate func hysteresis() throws(ConfigurationFault) -> HysteresisSettings {
    var section = try section()
    let raiseAbove = try section.required("raiseAbove").probability()
    let releaseBelow = try section.required("releaseBelow").probability()
    let confirmations = try section.value("confirmations")?.integer(in: 1...1_000) ?? 2
    let coolDown = try section.value("coolDown")?.span() ?? .hours(6)
    try section.finish()
    return try section.checked(in: "hysteresis") { () throws(MarginingFault) in
      try HysteresisSettings(
        raiseAbove: raiseAbove, releaseBelow: releaseBelow, confirmations: confirmations, coolDown: coolDown)
    }
  }

  fileprivate func rateLimits() throws(ConfigurationFault) -> RateLimits {
    var section = try section()
    let up = try section.required("up").margin()
    let down = try section.required("down").margin()
    try section.finish()
    return try section.checked(in: "rateLimits") { () throws(MarginingFault) in try RateLimits(up: up, down: down) }
  }

  fileprivate func bounds() throws(ConfigurationFault) -> MarginBounds {
    var section = try section()
    let floor = try section.required("floor").margin()
    let cap = try section.required("cap").margin()
    try section.finish()
    return try section.checked(in: "bounds") { () throws(MarginingFault) in try MarginBounds(floor: floor, cap: cap) }
  }

  fileprivate func noScore() throws(ConfigurationFault) -> NoScoreSettings {
    var section = try section()
    let staleAfter = try section.value("staleAfter")?.span() ?? .hours(1)
    let fallback = try section.value("fallbackMultiplier")?.number() ?? 1
    try section.finish()
    return try section.checked(in: "noScore") { () throws(MarginingFault) in
      try NoScoreSettings(staleAfter: staleAfter, fallbackMultiplier: fallback)
    }
  }

  fileprivate func emergencyOverride() throws(ConfigurationFault) -> EmergencyOverride {
    var section = try section()
    let reason = try section.required("reason").text()
    let start = try section.required("starts").timestamp()
    let expiry = try section.required("expires").timestamp()
    try section.finish()
    return try section.checked(in: "emergencyOverride") { () throws(MarginingFault) in
      try EmergencyOverride(reason: reason, start: start, expiry: expiry)
    }
  }

  private func probability() throws(ConfigurationFault) -> Probability {
    guard let probability = Probability(try number()) else { throw fault("expected a probability from 0 to 1") }
    return probability
  }

  func margin() throws(ConfigurationFault) -> MarginFraction {
    guard let margin = MarginFraction(roundingUp: try number()) else {
      throw fault("expected a fraction of notional from 0 to 1")
    }
    return margin
  }
}
