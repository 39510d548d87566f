import Boosting
import Foundation
import Testing

@Suite("Stored trees")
struct CodingTests {
  private static func stored() throws -> String {
    var random = RandomTrees(seed: 3, columnCount: 4)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(
      decoding: try encoder.encode(BoostedClassifier(random.ensemble(trees: 4, leaves: 2...5))), as: UTF8.self)
  }

  private func failure(of text: String) throws -> String {
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode(BoostedClassifier.self, from: Data(text.utf8))
    }
    return "\(error)"
  }

  @Test("a classifier comes back as it was stored, and explains and scores as before")
  func roundTrip() throws {
    var random = RandomTrees(seed: 2, columnCount: 5)
    let classifier = BoostedClassifier(random.ensemble(trees: 20, leaves: 1...9))
    let read = try JSONDecoder().decode(BoostedClassifier.self, from: JSONEncoder().encode(classifier))
    #expect(read == classifier && read.hashValue == classifier.hashValue)
    for _ in 0..<50 {
      let row = random.row()
      #expect(read.logOdds(of: row.span, group: 0) == classifier.logOdds(of: row.span, group: 1))
      #expect(read.explain(row.span, group: 0) == classifier.explain(row.span, group: 1))
    }
  }

  @Test("a flaw is an error that names the tree and the rule")
  func flaws() throws {
    let stored = #"{"ensemble":{"columnNames":["a"],"base":0,"trees":[T]}}"#
    let tree =
      #"{"columns":[0],"thresholds":[1],"missing":["left"],"left":[-1],"right":[-2],"gains":[1],"values":[0],"#
      + #""rows":[2],"hessians":[1],"leafValues":[1,2],"leafRows":[1,1],"leafHessians":[1,1]}"#
    func failure(replacing part: String, by other: String) throws -> String {
      try self.failure(
        of: stored.replacing("T", with: tree.replacing(part, with: other)))
    }
    #expect(try failure(replacing: #""left":[-1]"#, by: #""left":[0]"#).contains("split 0 has no child split 0"))
    #expect(try failure(replacing: #""left":[-1]"#, by: #""left":[-2]"#).contains("leaf 1 is reached twice"))
    #expect(try failure(replacing: #""left":[-1]"#, by: #""left":[-3]"#).contains("split 0 has no leaf 2"))
    #expect(try failure(replacing: #""left":[-1]"#, by: #""left":[]"#).contains("'left' has 0 values and needs 1"))
    #expect(try failure(replacing: #""leafRows":[1,1]"#, by: #""leafRows":[1,-1]"#).contains("leaf 1"))
    #expect(try failure(replacing: #""columns":[0]"#, by: #""columns":[1]"#).contains("tree 0 asks a column"))
    #expect(try failure(replacing: #""columns":[0]"#, by: #""columns":[-1]"#).contains("split 0"))
    #expect(try failure(replacing: #""rows":[2]"#, by: #""rows":[2],"depth":3"#).contains("'depth' is not a key"))
    #expect(try failure(replacing: #""left"]"#, by: #""up"]"#).contains("missing"))
    #expect(try failure(replacing: #""rows":[2],"#, by: "").contains("rows"))
  }

  @Test("sums that could overflow are refused")
  func overflow() throws {
    let leaf = RegressionTree.Leaf(value: .greatestFiniteMagnitude, rows: 1, hessian: 1)
    let tree = try #require(RegressionTree(splits: [], leaves: [leaf]))
    #expect(TreeEnsemble(columnNames: [], base: 0, trees: [tree]) != nil)
    #expect(TreeEnsemble(columnNames: [], base: 0, trees: [tree, tree]) == nil)
    #expect(TreeEnsemble(columnNames: [], base: .nan, trees: []) == nil)
  }

  @Test("stored text that is cut or damaged anywhere is refused or is a well-formed ensemble")
  func damage() throws {
    let bytes = Array(try CodingTests.stored().utf8)
    var refused = 0
    for length in bytes.indices {
      if (try? JSONDecoder().decode(BoostedClassifier.self, from: Data(bytes[..<length]))) == nil { refused += 1 }
    }
    #expect(refused == bytes.count)
    var random = RandomTrees(seed: 5, columnCount: 4)
    for _ in 0..<3_000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random.generator) {
        damaged[Int.random(in: damaged.indices, using: &random.generator)] =
          Array("0123456789-.e[]{},:\"abc".utf8)
          .randomElement(using: &random.generator) ?? 0
      }
      guard let read = try? JSONDecoder().decode(BoostedClassifier.self, from: Data(damaged)) else { continue }
      let row = [Double](repeating: .nan, count: read.columnCount)
      #expect(read.logOdds(of: row.span, group: 0).isFinite)
    }
  }
}
