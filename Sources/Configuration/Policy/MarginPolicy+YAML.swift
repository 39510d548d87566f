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
    for market in settings.openInterest?.known.keys.sorted() ?? []
    where schedules[market] == nil && defaultSchedule == nil {
      throw top.fault(at: "openInterest.known.\(market)", "the market has no schedule")
    }
    do {
      try self.init(settings: settings, schedules: schedules, defaultSchedule: defaultSchedule)
    } catch {
      throw top.fault(at: error.path, error.reason)
    }
  }
}

extension ConfigurationValue {
  fileprivate func schedules() throws(ConfigurationFault) -> [MarketName: TierSchedule] {
    var schedules: [MarketName: TierSchedule] = [:]
    var section = try section()
    for (name, value) in section.namedValues() {
      guard let market = MarketName(name) else { throw value.fault("a market's name \(MarketName.fault)") }
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
}

extension ConfigurationSection {
  /// A domain value, whose fault is said at the setting it names; `name` is what its paths call this section.
  func checked<Value>(
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
