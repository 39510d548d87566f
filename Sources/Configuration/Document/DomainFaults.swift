internal import Features
internal import Labels
internal import Markets

extension TaskFault {
  /// The setting's path inside the section `task`.
  var setting: String {
    switch self {
    case .band: "band"
    case .horizon, .reachesTooFar: "horizon"
    case .latency: "latency"
    case .occupancy: "occupancy"
    case .relativeThreshold: "threshold.relativeToMedian"
    case .noThresholds: "threshold.absolute"
    case .absoluteThreshold(let market, let side, _): "threshold.absolute.\(market).\(side.rawValue)"
    case .minimumSnapshots: "minimumSnapshots"
    case .maximumGap: "maximumGap"
    case .notional: "closeOut.notional"
    case .reach: "closeOut.reach"
    case .fee: "closeOut.fee"
    }
  }
}

extension FeatureConfigurationFault {
  /// The setting's name inside the section `features`, and what is wrong with it.
  var place: (setting: String, reason: String) {
    switch self {
    case .bands: ("bands", "at least one rate in basis points above zero is needed, each once")
    case .mainBand: ("bands", "must hold task.band")
    case .sweepNotionals: ("sweepNotionals", "at least one amount above zero is needed, each once")
    case .reach: ("reach", "must be from task.band to 10000bp")
    case .windows: ("windows", "at least one length of time above zero is needed, each once")
    case .thinMultiples: ("thinMultiples", "one to four numbers above zero and below one are needed, each once")
    case .halfLives: ("slowHalfLife", "must be longer than fastHalfLife, and both above zero")
    case .tolerances: ("gap", "must be above zero, and freshness too")
    case .families: ("families", "at least one is needed, each once")
    }
  }
}
