import Learning
import LinearModels
import Sampling
import Testing

@Suite("Design")
struct DesignTests {
  /// Two groups of three rows; the second column is undefined once, the third always, the fourth constant.
  private let examples = TrainingExamples(
    matrix: FeatureMatrix(
      rowCount: 6, columnCount: 4,
      values: [
        1, 2, 6, 11, 12, 16,
        0, .nan, 4, 1, 2, .infinity,
        .nan, .nan, .nan, .nan, .nan, .nan,
        7, 7, 7, 7, 7, 7,
      ], columnNames: ["depth", "flow", "empty", "flat"]),
    groups: [0, 0, 0, 1, 1, 1], outcomes: [true, false, true, false, true, false], clusters: [0, 0, 0, 1, 1, 1])

  private func transformed(_ design: Design, _ row: [Double], group: Int) -> [Double] {
    var terms = [Double](repeating: 0, count: design.terms.count)
    var output = terms.mutableSpan
    design.transform(row: row.span, group: group, into: &output)
    return terms
  }

  @Test func valuesAreCentredByGroupAndScaledByThePooledDeviation() throws {
    let design = try Design.fitted(to: examples, configuration: .standard)
    #expect(design.termNames == ["depth", "flow"])
    #expect(
      design.dropped == [
        Design.DroppedTerm(name: "empty", reason: .undefined), Design.DroppedTerm(name: "flat", reason: .constant),
      ])
    // Depth: medians 2 and 12, centred −1, 0, 4 twice: mean 1, variance (1 + 0 + 16) / 3 − 1.
    let deviation = (17.0 / 3 - 1).squareRoot()
    #expect(abs(transformed(design, [6, 0, 0, 7], group: 0)[0] - 4 / deviation) < 1e-15)
    #expect(abs(transformed(design, [6, 0, 0, 7], group: 1)[0] - -6 / deviation) < 1e-15)
    #expect(design.median(column: 0, group: 0) == 2 && design.median(column: 0, group: 1) == 12)
  }

  @Test func undefinedValuesBecomeTheMedianOfTheirGroup() throws {
    let design = try Design.fitted(to: examples, configuration: .standard)
    #expect(transformed(design, [.nan, .infinity, 0, 7], group: 1) == [0, 0])
    let raw = try Design.fitted(to: examples, configuration: .raw)
    #expect(transformed(raw, [.nan, .nan, 0, 7], group: 0) == [2, 2])
    #expect(transformed(raw, [.nan, .nan, 0, 7], group: 1) == [12, 1.5])
  }

  @Test(arguments: [2, -1, .max])
  func unknownGroupUsesTheMedianOverAllRows(group: Int) throws {
    let design = try Design.fitted(to: examples, configuration: .raw)
    #expect(transformed(design, [.nan, .nan, 0, 7], group: group) == [8.5, 1.5])
  }

  @Test func valuesAreClipped() throws {
    let design = try Design.fitted(to: examples, configuration: try DesignConfiguration(clip: 1.5))
    #expect(transformed(design, [1e9, -1e9, 0, 7], group: 0) == [1.5, -1.5])
  }

  @Test func expansionsBendTheScaledValue() throws {
    let configuration = try DesignConfiguration(
      centring: .pooledMedian, scaling: .none, clip: nil,
      expansions: [
        .init(column: "depth", kind: .hingeBelow), .init(column: "depth", kind: .hingeAbove, knot: 1),
        .init(column: "depth", kind: .square),
      ])
    let design = try Design.fitted(to: examples, configuration: configuration)
    #expect(
      design.termNames
        == ["depth", "flow", "depth.hingeBelow(0.0)", "depth.hingeAbove(1.0)", "depth.square(0.0)"])
    #expect(transformed(design, [6.5, 1.5, 0, 7], group: 0) == [-2, 0, 2, 0, 4])
    #expect(transformed(design, [12.5, 1.5, 0, 7], group: 0) == [4, 0, 0, 3, 16])
  }

  @Test func expansionOfAnUnknownColumnIsRefused() throws {
    let configuration = try DesignConfiguration(expansions: [.init(column: "width", kind: .square)])
    #expect(throws: FitFailure.unknownColumn("width")) {
      try Design.fitted(to: examples, configuration: configuration)
    }
  }

  @Test func unusableSettingsAreRefused() {
    #expect(throws: LinearModelFault.self) { try DesignConfiguration(clip: 0) }
    #expect(throws: LinearModelFault.self) { try DesignConfiguration(clip: .nan) }
    #expect(throws: LinearModelFault.self) {
      try DesignConfiguration(expansions: [.init(column: "a", kind: .square, knot: .infinity)])
    }
    #expect(throws: LinearModelFault.self) { try LogisticConfiguration(penalty: -1) }
    #expect(throws: LinearModelFault.self) { try LogisticConfiguration(penalty: 1, tolerance: 0) }
    #expect(throws: LinearModelFault.self) { try PenaltySearch(penalties: []) }
  }

  /// Every way to a median gives the one of the sorted values: few and many, even and odd, with ties and trends.
  @Test(arguments: [1, 2, 3, 10, 101, 4_095, 4_096, 20_001, 50_000])
  func medianIsThatOfTheSortedValues(count: Int) {
    var generator = SeededGenerator(seed: 2, stream: UInt64(count))
    let samples: [[Double]] = [
      (0..<count).map { _ in generator.normal() }, (0..<count).map(Double.init),
      (0..<count).map { Double($0 % 5) }, (0..<count).map { Double(($0 * 1_024) % count) },
      [Double](repeating: 3, count: count), (0..<count).map { _ in Double(generator.index(below: 3)) },
    ]
    for sample in samples {
      let sorted = sample.sorted()
      var values = sample
      let (low, high) = (sorted[(count - 1) / 2], sorted[count / 2])
      #expect(median(reordering: &values) == low + (high - low) / 2)
    }
    var none: [Double] = []
    #expect(median(reordering: &none) == nil)
  }
}
