import Features
import Markets
import Reporting
import Testing

@Suite("The catalogue of features as text")
struct FeatureCatalogueTextTests {
  private func schema() throws -> FeatureSchema {
    FeatureSchema(
      configuration: try FeatureConfiguration(
        bands: [BasisPoints(50), BasisPoints(100)], mainBand: BasisPoints(100), sweepNotionals: [10_000],
        windows: [.hours(1), .hours(24)], families: [.depth, .flow]))
  }

  @Test("A small catalogue, plain and in Markdown")
  func golden() throws {
    let text = FeatureCatalogueText(try schema())
    try expectGolden(text.text(), "features.txt")
    try expectGolden(text.text(.markdown), "features.md")
  }

  @Test("One line for each feature in the order of the matrix", arguments: [FeatureConfiguration.standard, .streaming])
  func order(configuration: FeatureConfiguration) {
    let schema = FeatureSchema(configuration: configuration)
    let text = FeatureCatalogueText(schema)
    let rows = lines(text.text()).dropFirst(2).dropLast()
    #expect(rows.map { String($0.prefix { $0 != " " }) } == schema.names)
    let table = markdownTables(text.text(.markdown))
    #expect(table == [[Int](repeating: 6, count: schema.count + 2)])
  }
}
