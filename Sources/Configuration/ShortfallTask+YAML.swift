internal import Labels
internal import Markets

extension ShortfallTask {
  init(_ section: inout ConfigurationSection) throws(ConfigurationFault) {
    let band = try section.required("band").basisPoints()
    let horizon = try section.required("horizon").span()
    let latency = try section.value("latency")?.span() ?? .seconds(1)
    let occupancy = try section.value("occupancy")?.occupancy() ?? .shareOfTime(0.1)
    let threshold = try section.required("threshold").depthThreshold()
    let minimumSnapshots = try section.value("minimumSnapshots")?.integer(in: 1...1_000_000) ?? 1
    let maximumGap = try section.value("maximumGap")?.span()
    let closeOut = try section.value("closeOut")?.closeOut()
    do throws(TaskFault) {
      try self.init(
        band: band, horizon: horizon, latency: latency, occupancy: occupancy, threshold: threshold,
        minimumSnapshots: minimumSnapshots, maximumGap: maximumGap, closeOut: closeOut)
    } catch {
      throw section.fault(at: error.setting, "\(error)")
    }
    try section.finish()
  }
}

extension ConfigurationValue {
  /// `anySnapshot`, or a share of time as a number.
  fileprivate func occupancy() throws(ConfigurationFault) -> Occupancy {
    if try text() == "anySnapshot" { return .anySnapshot }
    guard let share = try? number(in: 0...1) else { throw fault("expected anySnapshot or a share of time from 0 to 1") }
    return .shareOfTime(share)
  }

  /// `relativeToMedian: 0.4`, or `absolute:` with amounts per market and side.
  fileprivate func depthThreshold() throws(ConfigurationFault) -> DepthThreshold {
    var section = try section()
    let relative = try section.value("relativeToMedian")?.number()
    let absolute = try section.value("absolute")?.depthsByMarket()
    try section.finish()
    switch (relative, absolute) {
    case (let fraction?, nil): return .relativeToMedian(fraction)
    case (nil, let depths?): return .absolute(depths)
    default: throw fault("expected exactly one of relativeToMedian and absolute")
    }
  }

  private func depthsByMarket() throws(ConfigurationFault) -> [MarketName: BySide<Double>] {
    var depths: [MarketName: BySide<Double>] = [:]
    var section = try section()
    for (name, value) in section.namedValues() {
      guard let market = MarketName(name) else { throw value.fault("a market's name \(MarketName.fault)") }
      var sides = try value.section()
      depths[market] = BySide(
        sell: try sides.required("sell").number(), buy: try sides.required("buy").number())
      try sides.finish()
    }
    return depths
  }

  fileprivate func closeOut() throws(ConfigurationFault) -> CloseOut {
    var section = try section()
    let notional = try section.required("notional").number()
    let reach = try section.value("reach")?.basisPoints() ?? CloseOut.standardReach
    let fee = try section.value("fee")?.basisPoints().fraction ?? 0
    let rate = try section.required("maintenanceMargin").basisPoints()
    guard let margin = MarginFraction(roundingUp: rate.fraction) else {
      throw section.fault(at: "maintenanceMargin", "\(rate) is outside 0bp to 10000bp")
    }
    try section.finish()
    do throws(TaskFault) {
      return try CloseOut(notional: notional, reach: reach, fee: fee, maintenanceMargin: margin)
    } catch {
      throw section.fault(at: String(error.setting.dropFirst("closeOut.".count)), "\(error)")
    }
  }
}
