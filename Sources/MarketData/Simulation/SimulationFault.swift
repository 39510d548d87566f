import Markets

/// A parameter of a simulation outside its range.
public struct SimulationFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The parameter's path, such as `recorder.cadence`.
  public let parameter: String
  /// What it must be.
  public let requirement: String

  /// Creates a fault.
  public init(parameter: String, requirement: String) {
    self.parameter = parameter
    self.requirement = requirement
  }

  /// The fault in words.
  public var description: String { "\(parameter) must be \(requirement)" }
}

extension SimulationConfiguration {
  func checkRanges() throws(SimulationFault) {
    try check(duration, in: TimeSpan(nanoseconds: 1)...(.days(3_650)), "duration")
    try check(step, in: TimeSpan(nanoseconds: 100_000_000)...(.seconds(60)), "step")
    try require(abs(start.seconds) < 8e9, "start", "between 1716 and 2223")
    try checkInstruments()
    try checkRecorder()
    try checkRegimes()
    try checkLiquidity()
    try checkCascades()
    if let change {
      try checkPositive(change.after, "change.after")
      try check(change.volatility, in: 0.1...10, "change.volatility")
      try check(change.depth, in: 0.01...10, "change.depth")
    }
  }

  private func checkInstruments() throws(SimulationFault) {
    try require((1...64).contains(instruments.count), "instruments", "1 to 64 markets")
    try require(Set(instruments.map(\.name)).count == instruments.count, "instruments", "of different names")
    for instrument in instruments {
      let path = "instruments.\(instrument.name)"
      try check(instrument.price, in: 1e-6...1e9, "\(path).price")
      try check(Double(instrument.ticksPerUnit), in: 1...1e9, "\(path).ticksPerUnit")
      try check(Double(instrument.lotsPerUnit), in: 1...1e9, "\(path).lotsPerUnit")
      let ticks = instrument.price * Double(instrument.ticksPerUnit)
      try require((1_000...1e12).contains(ticks), "\(path).price", "1,000 to 10¹² ticks")
      try require(instrument.levelSpacing >= 4, "\(path).levelSpacing", "at least 4 ticks")
      let reach = Double(instrument.levelSpacing) * Double(recorder.levels) / ticks
      try require(reach <= 0.2, "\(path).levelSpacing", "such that all levels lie within 20 % of the price")
      try check(instrument.depth, in: 1...1e12, "\(path).depth")
      try check(instrument.volatility, in: 1e-6...1, "\(path).volatility")
      try check(instrument.halfSpread, in: 1e-9...0.01, "\(path).halfSpread")
    }
  }

  private func checkRecorder() throws(SimulationFault) {
    try check(recorder.cadence, in: step...(.days(1)), "recorder.cadence")
    try check(recorder.irregularity, in: 0...1, "recorder.irregularity")
    try require((5...1_000).contains(recorder.levels), "recorder.levels", "5 to 1,000")
    try check(recorder.staleShare, in: 0...1, "recorder.staleShare")
    if let interval = recorder.outageInterval { try checkPositive(interval, "recorder.outageInterval") }
    try check(recorder.outageLength, in: TimeSpan(nanoseconds: 1)...(.days(1)), "recorder.outageLength")
  }

  private func checkRegimes() throws(SimulationFault) {
    for regime in SimulatedRegime.allCases {
      let character = regimes[regime]
      let path = "regimes.\(regime.rawValue)"
      try check(character.depth, in: 1e-3...10, "\(path).depth")
      try check(character.volatility, in: 1e-3...100, "\(path).volatility")
      try check(character.spread, in: 1...1_000, "\(path).spread")
      try check(character.correlation, in: 0...0.99, "\(path).correlation")
      try check(character.cadence, in: 0.1...100, "\(path).cadence")
      try checkPositive(character.dwell, "\(path).dwell")
    }
    try check(regimes.escalation, in: 0...1, "regimes.escalation")
    try checkPositive(regimes.idiosyncraticCalm, "regimes.idiosyncraticCalm")
  }

  private func checkLiquidity() throws(SimulationFault) {
    try checkPositive(liquidity.adjustmentHalfLife, "liquidity.adjustmentHalfLife")
    try check(liquidity.sideNoise, in: 0...2, "liquidity.sideNoise")
    try check(liquidity.marketNoise, in: 0...2, "liquidity.marketNoise")
    try check(liquidity.systemNoise, in: 0...2, "liquidity.systemNoise")
    try check(liquidity.levelNoise, in: 0...2, "liquidity.levelNoise")
    try check(liquidity.volatilityWithdrawal, in: 0...2, "liquidity.volatilityWithdrawal")
    if let interval = liquidity.withdrawalInterval { try checkPositive(interval, "liquidity.withdrawalInterval") }
    try check(liquidity.withdrawalSize, in: 0...3, "liquidity.withdrawalSize")
    try check(liquidity.hourlyAmplitude, in: 0...1, "liquidity.hourlyAmplitude")
    try check(liquidity.thinnestHour, in: 0...(24.0.nextDown), "liquidity.thinnestHour")
  }

  private func checkCascades() throws(SimulationFault) {
    if let interval = cascades.shockInterval {
      try check(interval, in: TimeSpan.days(1)...(.days(3_650)), "cascades.shockInterval")
    }
    try check(cascades.smallestShock, in: 0...0.5, "cascades.smallestShock")
    try check(cascades.largestShock, in: 0...0.5, "cascades.largestShock")
    try require(
      cascades.largestShock >= cascades.smallestShock, "cascades.largestShock", "at least cascades.smallestShock")
    try check(cascades.shockLiquidation, in: 0...100, "cascades.shockLiquidation")
    try check(cascades.shockLength, in: step...(.hours(4)), "cascades.shockLength")
    try check(cascades.longInterest, in: 0...100, "cascades.longInterest")
    try check(cascades.shortInterest, in: 0...100, "cascades.shortInterest")
    try check(cascades.meanDistance, in: 0.005...0.1, "cascades.meanDistance")
    try check(cascades.withdrawal, in: 0...10, "cascades.withdrawal")
    try checkPositive(cascades.refillHalfLife, "cascades.refillHalfLife")
    try check(cascades.permanentImpact, in: 0...1, "cascades.permanentImpact")
  }

  private func checkPositive(_ span: TimeSpan, _ parameter: String) throws(SimulationFault) {
    try require(span > .zero, parameter, "above zero")
  }

  private func check<Value: Comparable>(
    _ value: Value, in range: ClosedRange<Value>, _ parameter: String
  ) throws(SimulationFault) {
    try require(range.contains(value), parameter, "from \(range.lowerBound) to \(range.upperBound)")
  }

  private func require(_ holds: Bool, _ parameter: String, _ requirement: String) throws(SimulationFault) {
    if !holds { throw SimulationFault(parameter: parameter, requirement: requirement) }
  }
}

extension Timestamp {
  fileprivate var seconds: Double { Double(nanoseconds) / 1e9 }
}
