import Features
import Reporting
import Testing

@Suite("The catalogue of features as text")
struct FeatureCatalogueTextTests {
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
