import Boosting
import Foundation
import Learning
import Testing

/// What LightGBM itself said about models that were carried over; see `Reference/make_reference.py`.
@Suite("Models shared with LightGBM")
struct LightGBMReferenceTests {
  @Test("a model that LightGBM trained scores 10,000 rows as it does there")
  func trained() throws {
    let ensemble = try LightGBMText.parse(Reference.text("trained.txt"), file: "trained.txt")
    #expect(ensemble.trees.count == 30 && ensemble.trees.allSatisfy { $0.leaves.count == 15 })
    let expected = try Reference.numbers("trained-scores.f64")
    #expect(expected.count == 10_000 && Set(expected).count > 5_000)
    let found = BoostedClassifier(ensemble).logOdds(of: Reference.matrix())
    #expect(largestDistance(found, expected) < 1e-12)
  }

  @Test("our contributions are LightGBM's, row by row and column by column")
  func contributions() throws {
    let ensemble = try LightGBMText.parse(Reference.text("trained.txt"), file: "trained.txt")
    let expected = try Reference.numbers("trained-contributions.f64")
    var found: [Double] = []
    for row in Reference.rows().prefix(100) {
      let explanation = ensemble.contributions(of: row.span)
      found += explanation.contributions + [explanation.base]
    }
    #expect(largestDistance(found, expected) < 1e-9)
  }

  @Test("LightGBM scores 10,000 rows with the text we write as we do")
  func exported() throws {
    if Reference.isRegenerating { try writeExported() }
    let ensemble = try JSONDecoder().decode(TreeEnsemble.self, from: Reference.data("exported.json"))
    #expect(LightGBMText.text(of: ensemble) == (try Reference.text("exported.txt")))
    let expected = try Reference.numbers("exported-scores.f64")
    #expect(expected.count == 10_000)
    #expect(largestDistance(ensemble.values(of: Reference.matrix()), expected) < 1e-12)
  }

  @Test("the text we write reads back as the same trees")
  func roundTrip() throws {
    let ensemble = try JSONDecoder().decode(TreeEnsemble.self, from: Reference.data("exported.json"))
    let read = try LightGBMText.parse(LightGBMText.text(of: ensemble), file: "model.txt")
    #expect(read.columnNames == ensemble.columnNames && read.base == 0)
    #expect(read.trees.dropFirst() == ensemble.trees.dropFirst())
    #expect(read.trees.first?.splits.map(\.threshold) == ensemble.trees.first?.splits.map(\.threshold))
    let trained = try LightGBMText.parse(Reference.text("trained.txt"), file: "trained.txt")
    #expect(try LightGBMText.parse(LightGBMText.text(of: trained), file: "again.txt") == trained)
  }

  private func writeExported() throws {
    var random = RandomTrees(seed: 20, columnCount: Reference.columnCount)
    let ensemble = random.ensemble(trees: 20, leaves: 1...12)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try Reference.write(try encoder.encode(ensemble), to: "exported.json")
    try Reference.write(Data(LightGBMText.text(of: ensemble).utf8), to: "exported.txt")
  }
}
