import Markets

extension SimulationConfiguration {
  private enum CodingKeys: String, CodingKey {
    case seed, instruments, start, duration, step, recorder, regimes, liquidity, cascades, change
  }

  /// Reads a configuration and checks its ranges; the start is RFC 3339 text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let text = try container.decode(String.self, forKey: .start)
    guard let start = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(
        forKey: .start, in: container, debugDescription: "'\(text)' is not an instant")
    }
    try self.init(
      seed: try container.decode(UInt64.self, forKey: .seed),
      instruments: try container.decode([SimulatedInstrument].self, forKey: .instruments),
      start: start,
      duration: try container.decode(TimeSpan.self, forKey: .duration),
      step: try container.decode(TimeSpan.self, forKey: .step),
      recorder: try container.decode(SimulatedRecorder.self, forKey: .recorder),
      regimes: try container.decode(RegimeTable.self, forKey: .regimes),
      liquidity: try container.decode(SimulatedLiquidity.self, forKey: .liquidity),
      cascades: try container.decode(SimulatedCascades.self, forKey: .cascades),
      change: try container.decodeIfPresent(SimulatedChange.self, forKey: .change))
  }

  /// Writes the configuration; the start as RFC 3339 text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(seed, forKey: .seed)
    try container.encode(instruments, forKey: .instruments)
    try container.encode(start.description, forKey: .start)
    try container.encode(duration, forKey: .duration)
    try container.encode(step, forKey: .step)
    try container.encode(recorder, forKey: .recorder)
    try container.encode(regimes, forKey: .regimes)
    try container.encode(liquidity, forKey: .liquidity)
    try container.encode(cascades, forKey: .cascades)
    try container.encodeIfPresent(change, forKey: .change)
  }
}
