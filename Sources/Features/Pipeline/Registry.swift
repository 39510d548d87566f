/// Every extractor, in the order of a row.
///
/// Adding a group of features is one line here.
enum Registry {
  private static let market: [any FeatureExtractor.Type] = [
    BandDepth.self, Tightness.self, SweepCost.self, BookShape.self,
    DepthTrajectory.self, ThinTime.self, PersistentDepth.self, AverageDepth.self,
    OrderFlow.self,
    RealisedVolatility.self, RangeVolatility.self, ExponentialVolatility.self,
    Calendar.self, RecordQuality.self,
    TradeFlow.self, DerivativeState.self,
  ]

  private static let crossMarket: [any CrossMarketFeatureExtractor.Type] = [
    OthersDepth.self, OthersPrice.self, HayashiYoshida.self, SystemicCoupling.self, DepthCommonality.self,
  ]

  private static func selected(_ configuration: FeatureConfiguration) -> [any FeatureExtractor.Type] {
    configuration.families.flatMap { family in market.filter { $0.family == family } }
  }

  static func marketDefinitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    selected(configuration).flatMap { $0.definitions(configuration) }
  }

  static func marketExtractors(_ configuration: FeatureConfiguration) -> [any FeatureExtractor] {
    selected(configuration).map { $0.init(configuration: configuration) }
  }

  static func crossMarketDefinitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    guard configuration.families.contains(.crossMarket) else { return [] }
    return crossMarket.flatMap { $0.definitions(configuration) }
  }

  static func crossMarketExtractors(_ configuration: FeatureConfiguration) -> [any CrossMarketFeatureExtractor] {
    guard configuration.families.contains(.crossMarket) else { return [] }
    return crossMarket.map { $0.init(configuration: configuration) }
  }
}
