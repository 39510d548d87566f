import Markets

extension FeatureConfiguration: Codable {
  private enum Key: String, CodingKey {
    case bands, mainBand, sweepNotionals, reach, windows, thinMultiples, halfLives, tolerances, referenceMarket,
      families
  }

  /// Reads a configuration; every setting but the reference market is needed.
  ///
  /// - Throws: `DecodingError.dataCorrupted` with the fault in words when the settings do not form a configuration.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let bands = try container.decode([BasisPoints].self, forKey: .bands)
    let mainBand = try container.decode(BasisPoints.self, forKey: .mainBand)
    let notionals = try container.decode([Double].self, forKey: .sweepNotionals)
    let reach = try container.decode(BasisPoints.self, forKey: .reach)
    let windows = try container.decode([TimeSpan].self, forKey: .windows)
    let multiples = try container.decode([Double].self, forKey: .thinMultiples)
    let halfLives = try container.decode(HalfLives.self, forKey: .halfLives)
    let tolerances = try container.decode(Tolerances.self, forKey: .tolerances)
    let reference = try container.decodeIfPresent(MarketName.self, forKey: .referenceMarket)
    let families = try container.decode([FeatureFamily].self, forKey: .families)
    do {
      try self.init(
        bands: bands, mainBand: mainBand, sweepNotionals: notionals, reach: reach, windows: windows,
        thinMultiples: multiples, halfLives: halfLives, tolerances: tolerances, referenceMarket: reference,
        families: families)
    } catch {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: error.description))
    }
  }

  /// Writes every setting.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(bands, forKey: .bands)
    try container.encode(mainBand, forKey: .mainBand)
    try container.encode(sweepNotionals, forKey: .sweepNotionals)
    try container.encode(reach, forKey: .reach)
    try container.encode(windows, forKey: .windows)
    try container.encode(thinMultiples, forKey: .thinMultiples)
    try container.encode(halfLives, forKey: .halfLives)
    try container.encode(tolerances, forKey: .tolerances)
    try container.encodeIfPresent(referenceMarket, forKey: .referenceMarket)
    try container.encode(families, forKey: .families)
  }
}
