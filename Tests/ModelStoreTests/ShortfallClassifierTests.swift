import Boosting
import Foundation
import Learning
import LinearModels
import ModelStore
import Testing

@Suite("A classifier of any family")
struct ShortfallClassifierTests {
  private let names = ["depth", "volatility"]
  /// Rows on either side of every threshold, undefined values among them.
  private let rows: [[Double]] = [-2, -0.5, 0.5, 0.75, 3, .nan].flatMap { depth in
    [-1, 0.25, 0.5, .nan].map { [depth, $0] }
  }

  @Test("Reasons add up to the log-odds to 1e-9 in every family", arguments: ModelFamily.allCases)
  func sums(_ family: ModelFamily) throws {
    let model = try TinyModel.classifier(family, names)
    #expect(model.family == family && model.columnNames == names && model.columnCount == 2)
    for row in rows {
      for group in 0..<2 {
        let explanation = model.explain(row.span, group: group)
        #expect(explanation.contributions.count == 2)
        #expect(abs(explanation.logOdds - model.logOdds(of: row.span, group: group)) < 1e-9)
      }
    }
  }

  @Test("Two rows together have the bits of one at a time in every family", arguments: ModelFamily.allCases)
  func pairs(_ family: ModelFamily) throws {
    let model = try TinyModel.classifier(family, names)
    for one in rows {
      for other in rows {
        let pair = model.logOdds(of: one.span, other.span, groups: (0, 1))
        #expect(pair.0.bitPattern == model.logOdds(of: one.span, group: 0).bitPattern)
        #expect(pair.1.bitPattern == model.logOdds(of: other.span, group: 1).bitPattern)
      }
    }
  }

  @Test("A blend mixes log-odds, base and contributions alike, by hand")
  func blend() throws {
    let model = try TinyModel.classifier(.blend, names)
    let row = [-1.0, 0.5]
    // Linear: −3 + 1.5 + 0.125 = −1.375. Trees: −3 + 1.5 + 0.5 = −1. A quarter of the trees: −1.28125.
    #expect(model.logOdds(of: row.span, group: 0) == -1.28125)
    let (linear, boosted) = (try #require(model.linear), try #require(model.boosted))
    let parts = (linear.explain(row.span, group: 0), boosted.explain(row.span, group: 0))
    let mixed = model.explain(row.span, group: 0)
    #expect(mixed.base == 0.25 * parts.1.base + 0.75 * parts.0.base)
    for column in names.indices {
      #expect(
        mixed.contributions[column] == 0.25 * parts.1.contributions[column] + 0.75 * parts.0.contributions[column])
    }
  }

  @Test("A weight of 0 or 1 gives one part's own log-odds", arguments: [0.0, 1.0])
  func ends(_ weight: Double) throws {
    let linear = try TinyModel.classifier(names, coefficients: [-1.5, 0.25], intercept: -3)
    let boosted = try TinyModel.trees(names)
    let model = try #require(BlendedClassifier(linear: linear, boosted: boosted, boostedWeight: weight))
    for row in rows {
      let part = weight == 0 ? linear.logOdds(of: row.span, group: 1) : boosted.logOdds(of: row.span, group: 1)
      #expect(model.logOdds(of: row.span, group: 1) == part)
    }
  }

  @Test("Parts that read different columns, or a weight outside 0 to 1, make no blend")
  func refusedBlends() throws {
    let linear = try TinyModel.classifier(names, coefficients: [1, 1], intercept: 0)
    let (boosted, other) = (try TinyModel.trees(names), try TinyModel.trees(["volatility", "depth"]))
    #expect(BlendedClassifier(linear: linear, boosted: other, boostedWeight: 0.5) == nil)
    for weight in [-0.1, 1.1, .nan] {
      #expect(BlendedClassifier(linear: linear, boosted: boosted, boostedWeight: weight) == nil)
    }
  }

  @Test("Every family reads back from its JSON", arguments: ModelFamily.allCases)
  func coding(_ family: ModelFamily) throws {
    let model = try TinyModel.classifier(family, names)
    let text = try StableJSON.text(of: model)
    #expect(text.contains(#""family" : "\#(family.rawValue)""#))
    #expect(try decode(ShortfallClassifier.self, text) == model)
  }

  @Test(
    "JSON of another family, of none, or with more than belongs to it is refused",
    arguments: [
      (#"{"family":"forest"}"#, "forest"), (#"{}"#, "family"), (#"{"family":"logistic"}"#, "linear"),
      (#"{"family":"logistic","weight":1}"#, "'weight' is not a key"),
    ])
  func refusedCoding(_ text: String, _ part: String) {
    let error = #expect(throws: DecodingError.self) { try decode(ShortfallClassifier.self, text) }
    #expect("\(error.map(String.init(describing:)) ?? "")".contains(part))
  }

  @Test("A second model beside the family's own is refused")
  func twoModels() throws {
    let linear = try StableJSON.text(of: try TinyModel.classifier(.logistic, names))
    let trees = try StableJSON.text(of: try TinyModel.trees(names))
    let both = linear.replacingOccurrences(of: #""family" :"#, with: #""boosted" : \#(trees), "family" :"#)
    let error = #expect(throws: DecodingError.self) { try decode(ShortfallClassifier.self, both) }
    #expect("\(error.map(String.init(describing:)) ?? "")".contains("'boosted' does not belong to the family"))
  }

  @Test("Importance is each column's share of the gain, the largest first")
  func importance() throws {
    let importances = ColumnImportance.byGain(in: try TinyModel.trees(names).ensemble)
    #expect(importances.map(\.name) == names)
    #expect(importances.map(\.splits) == [2, 1])
    #expect(importances.map(\.gainShare) == [0.85, 0.15])
  }

  @Test("A family's loss is the mean over rows, its standard error the spread of the folds")
  func score() {
    let score = FamilyScore(family: .boosting, foldLosses: [0.1, 0.2, 0.6], foldRows: [100, 100, 200])
    #expect(abs(score.logLoss - 0.375) < 1e-12)
    // Deviations −0.2, −0.1, 0.3: squares 0.14, over 2, over 3.
    #expect(abs((score.standardError ?? 0) - (0.14 / 2 / 3).squareRoot()) < 1e-12)
    #expect(FamilyScore(family: .logistic, foldLosses: [0.5], foldRows: [3]).standardError == nil)
  }
}
