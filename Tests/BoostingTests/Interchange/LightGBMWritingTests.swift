import Boosting
import Testing

@Suite("Writing LightGBM's text")
struct LightGBMWritingTests {
  @Test("without trees the base is a tree of one leaf")
  func noTrees() throws {
    let ensemble = try #require(TreeEnsemble(columnNames: ["a"], base: -2.5, trees: []))
    let read = try LightGBMText.parse(LightGBMText.text(of: BoostedClassifier(ensemble)), file: "m")
    #expect(read.trees.count == 1 && read.value(of: [0].span) == -2.5)
  }

  @Test("names that the format cannot hold are written with underscores")
  func names() throws {
    let names = ["depth 10", "a=b:{c}", "", "Größe"]
    let ensemble = try #require(TreeEnsemble(columnNames: names, base: 0, trees: []))
    let read = try LightGBMText.parse(LightGBMText.text(of: ensemble), file: "m")
    #expect(read.columnNames == ["depth_10", "a_b__c_", "Column_2", "Größe"])
  }

  @Test("the announced sizes are those of the trees in bytes")
  func sizes() throws {
    var random = RandomTrees(seed: 8, columnCount: 2)
    let text = LightGBMText.text(of: random.ensemble(trees: 5, leaves: 1...9))
    let sizes = try #require(text.split(separator: "\n").first { $0.hasPrefix("tree_sizes=") })
      .dropFirst("tree_sizes=".count).split(separator: " ").compactMap { Int($0) }
    let trees =
      try #require(text.firstRange(of: "Tree=0"))
      .lowerBound..<(try #require(text.firstRange(of: "end of trees"))).lowerBound
    #expect(sizes.count == 5 && sizes.reduce(0, +) == text[trees].utf8.count)
  }
}
