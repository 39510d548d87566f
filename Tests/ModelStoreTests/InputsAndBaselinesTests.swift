import Features
import Foundation
import Markets
import ModelStore
import Testing

@Suite("Model inputs and baselines")
struct InputsAndBaselinesTests {
  private let schema: FeatureSchema

  init() throws { schema = FeatureSchema(configuration: try TinyModel.features()) }

  private func row(depth: Double, volatility: Double) throws -> [Double] {
    var row = [Double](repeating: .nan, count: schema.count)
    row[try #require(schema.index(of: "depth_100bp"))] = depth
    row[try #require(schema.index(of: "realised_volatility_1h"))] = volatility
    return row
  }

  @Test("Depth is read relative to the threshold and not below the floor, other columns as they are")
  func values() throws {
    let inputs = try #require(ModelInputs(names: ["realised_volatility_1h", "depth_100bp"], schema: schema, floor: -2))
    #expect(inputs.names == ["realised_volatility_1h", "depth_100bp"])
    #expect(inputs.columns.map(\.isLogDepth) == [false, true])
    #expect(inputs.values(from: try row(depth: 12.5, volatility: -30), logThreshold: 11.5) == [-30, 1])
    #expect(inputs.values(from: try row(depth: 9.5, volatility: 0), logThreshold: 11.5) == [0, -2])
    #expect(inputs.values(from: try row(depth: 9, volatility: 0), logThreshold: 11.5) == [0, -2])
    #expect(inputs.values(from: try row(depth: -.infinity, volatility: 0), logThreshold: 11.5) == [0, -2])
    let undefined = inputs.values(from: try row(depth: .nan, volatility: .nan), logThreshold: 11.5)
    #expect(undefined.allSatisfy(\.isNaN) && undefined.count == 2)
  }

  @Test("No names select all features, unknown names none")
  func selection() {
    #expect(ModelInputs(names: nil, schema: schema, floor: -2)?.names == schema.names)
    #expect(ModelInputs(names: ["depth_100bp", "mood"], schema: schema, floor: -2) == nil)
    #expect(ModelInputs.unknownNames(in: ["mood", "depth_100bp", "luck"], schema: schema) == ["mood", "luck"])
  }

  @Test("Baselines give the probabilities worked out by hand")
  func baselines() throws {
    let artefact = try TinyModel.artefact()
    let baselines = Dictionary(uniqueKeysWithValues: artefact.baselines.map { ($0.name, $0.baseline) })
    func instant(hour: Int, isInShortfall: Bool = false, depth: Double = 12) throws -> Baseline.Instant {
      Baseline.Instant(
        row: try row(depth: depth, volatility: 0.5), logThreshold: 11, group: 0, hour: hour,
        isInShortfall: isInShortfall)
    }
    let climatology = try #require(baselines["climatology"])
    #expect(climatology.probability(at: try instant(hour: 0)) == 0)
    #expect(climatology.probability(at: try instant(hour: 23)) == 0.23)
    let persistence = try #require(baselines["persistence"])
    #expect(persistence.probability(at: try instant(hour: 5)) == 0.02)
    #expect(persistence.probability(at: try instant(hour: 5, isInShortfall: true)) == 0.6)
    // Log-odds −1 − 2 · (12 − 11) = −3, and at the floor −1 − 2 · (−2) = 3.
    let depth = try #require(baselines["currentDepth"])
    #expect(abs(depth.probability(at: try instant(hour: 5)) - 0.047_425_873_177_566_78) < 1e-15)
    #expect(abs(depth.probability(at: try instant(hour: 5, depth: 0)) - 0.952_574_126_822_433_2) < 1e-15)
    // An undefined depth takes its group's median, 0.5: log-odds −2.
    #expect(abs(depth.probability(at: try instant(hour: 5, depth: .nan)) - 0.119_202_922_022_117_56) < 1e-15)
  }

  @Test("Groups are found by market and side")
  func groups() throws {
    let artefact = try TinyModel.artefact()
    let market = try #require(MarketName(TinyModel.market))
    #expect(LiquidationSide.allCases.map { artefact.group(of: market, $0) } == [0, 1])
    #expect(artefact.group(of: try #require(MarketName("OTHER")), .sell) == nil)
  }

  @Test("A gate passes from its minimum on")
  func gate() {
    #expect(GateDecision(bestBaseline: "a", skill: 0.01, minimumSkill: 0.01).isPassed)
    #expect(!GateDecision(bestBaseline: "a", skill: 0.0099, minimumSkill: 0.01).isPassed)
    #expect(!GateDecision(bestBaseline: "a", skill: .nan, minimumSkill: 0.01).isPassed)
  }
}
