public import Margining
internal import Markets

extension MarginPolicy {
  /// Reads a policy.
  ///
  /// - Parameters:
  ///   - text: The YAML text.
  ///   - file: The name that errors carry.
  /// - Throws: `ConfigurationFault` for text that is not YAML, unknown settings, missing ones and wrong values.
  public init(yaml text: String, file: String) throws(ConfigurationFault) {
    var top = try ConfigurationDocument.parse(text, file: file)
    let settings = try MarginPolicySettings(&top)
    let schedules = try top.value("markets")?.schedules() ?? [:]
    let defaultSchedule = try top.value("default")?.schedule()
    try top.finish()
    do {
      try self.init(settings: settings, schedules: schedules, defaultSchedule: defaultSchedule)
    } catch {
      throw top.fault(at: error.path, error.reason)
    }
  }
}

extension MarginPolicySettings {
  fileprivate init(_ top: inout ConfigurationSection) throws(ConfigurationFault) {
    let curve = try top.required("multiplier").curve()
    let hysteresis = try top.required("hysteresis").hysteresis()
    let rateLimits = try top.required("rateLimits").rateLimits()
    let deadBand = try top.value("deadBand")?.number() ?? 0.05
    let bounds = try top.required("bounds").bounds()
    let noScore = try top.value("noScore")?.noScore()
    let override = try top.value("emergencyOverride")?.emergencyOverride()
    do throws(MarginingFault) {
      let noScore = if let noScore { noScore } else { try NoScoreSettings() }
      try self.init(
        curve: curve, hysteresis: hysteresis, rateLimits: rateLimits, deadBand: deadBand, bounds: bounds,
        noScore: noScore, emergencyOverride: override)
    } catch {
      throw top.fault(at: error.path, error.reason)
    }
  }
}

extension ConfigurationValue {
  fileprivate func curve() throws(ConfigurationFault) -> MultiplierCurve {
    var section = try section()
    let target = try section.required("target").probability()
    let tailIndex = try section.value("tailIndex")?.number() ?? 0.4
    let maximum = try section.value("maximum")?.number() ?? 3
    try section.finish()
    return try section.checked(in: "multiplier") { () throws(MarginingFault) in
      try MultiplierCurve(target: target, tailIndex: tailIndex, maximum: maximum)
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

  fileprivate func schedules() throws(ConfigurationFault) -> [MarketName: TierSchedule] {
    var schedules: [MarketName: TierSchedule] = [:]
    var section = try section()
    for (name, value) in section.namedValues() {
      guard let market = MarketName(name) else { throw value.fault("a market's name is empty") }
      schedules[market] = try value.schedule()
    }
    return schedules
  }

  fileprivate func schedule() throws(ConfigurationFault) -> TierSchedule {
    var section = try section()
    let share = try section.value("maintenanceShare")?.number() ?? 0.5
    let tiers = try section.required("tiers").list { element throws(ConfigurationFault) in try element.tier() }
    try section.finish()
    return try section.checked { () throws(MarginingFault) in try TierSchedule(tiers: tiers, maintenanceShare: share) }
  }

  private func tier() throws(ConfigurationFault) -> Tier {
    var section = try section()
    let notional = try section.required("notional").number()
    let maintenance = try section.required("maintenance").margin()
    try section.finish()
    return Tier(lowerBound: notional, maintenance: maintenance)
  }

  private func probability() throws(ConfigurationFault) -> Probability {
    guard let probability = Probability(try number()) else { throw fault("expected a probability from 0 to 1") }
    return probability
  }

  private func margin() throws(ConfigurationFault) -> MarginFraction {
    guard let margin = MarginFraction(roundingUp: try number()) else {
      throw fault("expected a fraction of notional from 0 to 1")
    }
    return margin
  }
}

extension ConfigurationSection {
  /// A domain value, whose fault is said at the setting it names; `name` is what its paths call this section.
  fileprivate func checked<Value>(
    in name: String? = nil, _ make: () throws(MarginingFault) -> Value
  ) throws(ConfigurationFault) -> Value {
    do {
      return try make()
    } catch {
      let prefix = name.map { $0 + "." } ?? ""
      let path = error.path.hasPrefix(prefix) ? String(error.path.dropFirst(prefix.count)) : error.path
      throw fault(at: path, error.reason)
    }
  }
}
