import Features
import Foundation
import Markets
import Testing

@Suite("Feature catalogue")
struct CatalogueTests {
  @Test("names are unique and every entry is complete")
  func entries() throws {
    let reference = try FeatureConfiguration(referenceMarket: MarketName("A"))
    let everything = try FeatureConfiguration(families: FeatureFamily.allCases)
    for configuration in [.standard, .streaming, reference, everything] {
      let schema = FeatureSchema(configuration: configuration)
      #expect(Set(schema.names).count == schema.count)
      for entry in schema.definitions {
        #expect(!entry.unit.isEmpty && !entry.source.isEmpty && entry.definition.hasSuffix("."), "\(entry.name)")
        #expect(entry.name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }, "\(entry.name)")
      }
    }
  }

  @Test("a row has one value per entry, whichever families are chosen", arguments: FeatureFamily.allCases)
  func rowLength(family: FeatureFamily) throws {
    let stream = try randomStream(seed: 3, count: 60)
    for families in [[family], FeatureFamily.allCases.filter { $0 != family }, FeatureFamily.allCases] {
      let configuration = try FeatureConfiguration(
        bands: [BasisPoints(30), BasisPoints(100)], referenceMarket: MarketName("B"), families: families)
      let result = NamedRows(stream, configuration)
      #expect(result.schema.definitions.allSatisfy { families.contains($0.family) })
      for row in result.rows {
        #expect(row.values.sell.count == result.schema.count)
        #expect(row.values.buy.count == result.schema.count)
      }
    }
  }

  @Test("the choice of families does not change a value")
  func familiesAreIndependent() throws {
    let stream = try randomStream(seed: 5, count: 200)
    let all = NamedRows(stream, try FeatureConfiguration(families: FeatureFamily.allCases))
    for family in FeatureFamily.allCases {
      let one = NamedRows(stream, try FeatureConfiguration(families: [family]))
      for name in one.schema.names {
        for row in stream.indices {
          #expect(try one.value(name, row: row).bitPattern == all.value(name, row: row).bitPattern, "\(name)")
        }
      }
    }
  }

  @Test("depth levels are in ln USD")
  func depthUnits() {
    let schema = FeatureSchema(configuration: .standard)
    for name in ["depth_100bp", "annulus_depth_100bp_200bp", "depth_minimum_100bp_2h", "ewma_depth_100bp_fast"] {
      #expect(schema.index(of: name).map { schema.definitions[$0].unit } == "ln USD")
    }
  }

  @Test("each wrong setting is named")
  func faults() {
    #expect(throws: FeatureConfigurationFault.bands) { try FeatureConfiguration(bands: []) }
    #expect(throws: FeatureConfigurationFault.bands) { try FeatureConfiguration(bands: [BasisPoints(-1)]) }
    #expect(throws: FeatureConfigurationFault.mainBand) { try FeatureConfiguration(mainBand: BasisPoints(33)) }
    #expect(throws: FeatureConfigurationFault.sweepNotionals) { try FeatureConfiguration(sweepNotionals: [.nan]) }
    #expect(throws: FeatureConfigurationFault.reach) { try FeatureConfiguration(reach: BasisPoints(50)) }
    #expect(throws: FeatureConfigurationFault.windows) { try FeatureConfiguration(windows: [.hours(1), .minutes(60)]) }
    #expect(throws: FeatureConfigurationFault.thinMultiples) { try FeatureConfiguration(thinMultiples: [1.5]) }
    #expect(throws: FeatureConfigurationFault.halfLives) {
      try FeatureConfiguration(halfLives: .init(fast: .hours(2), slow: .hours(1)))
    }
    #expect(throws: FeatureConfigurationFault.tolerances) {
      try FeatureConfiguration(tolerances: .init(gap: .zero, freshness: .hours(1)))
    }
    #expect(throws: FeatureConfigurationFault.families) { try FeatureConfiguration(families: []) }
  }

  @Test("a configuration survives encoding, and a wrong one does not decode")
  func coding() throws {
    let configuration = try FeatureConfiguration(referenceMarket: MarketName("BTC"), families: [.depth, .flow])
    let bytes = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(FeatureConfiguration.self, from: bytes) == configuration)
    let wrong = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\"reach\":500", with: "\"reach\":5")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FeatureConfiguration.self, from: Data(wrong.utf8))
    }
  }
}
