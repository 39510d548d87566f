import Margining
import Markets
import Sampling
import Testing

/// One tier, reference notional 1,000,000: the historical requirement is 3.5 %, the stressed one 7 %.
@Suite("Tools against procyclicality")
struct AntiProcyclicalityTests {
  /// The requirement before and after the tools when the model's quantile at the largest rung is `loss`.
  private func requirement(
    loss: Double, _ tools: AntiProcyclicalitySettings
  ) throws -> (before: Int, after: Int, reason: String) {
    var settings = PolicySettings()
    settings.form = .conditional
    settings.conditional = try ConditionalSettings(
      historyShare: 0, concentration: ConcentrationSettings(coefficient: 0))
    settings.antiProcyclicality = tools
    var figures = EvidenceFigures()
    figures.losses = [loss, loss, loss]
    var run = PolicyRun(try settings.marginPolicy())
    let answer = try run.ask(minute: 0, 0.01, evidence: figures.evidence())[0]
    let step = try #require(answer.adjustments.first { $0.step == .antiProcyclicality })
    return (step.before.partsPerMillion, step.after.partsPerMillion, step.reason.description)
  }

  @Test(
    "a buffer of a quarter is whole up to the longest history's margin and used up at twice that",
    arguments: [(0.02, 25_000), (0.035, 43_750), (0.0525, 56_875), (0.07, 70_000), (0.08, 80_000)])
  func buffer(loss: Double, after: Int) throws {
    let tools = try AntiProcyclicalitySettings(buffer: MarginBuffer(share: 0.25, exhaustedAt: 2))
    let made = try requirement(loss: loss, tools)
    #expect(made.before == Int((loss * 1e6).rounded()))
    #expect(made.after == after)
  }

  @Test("the stressed weight mixes in the stressed requirement and never lowers")
  func stressedWeight() throws {
    let tools = try AntiProcyclicalitySettings(stressedWeight: 0.25)
    #expect(try requirement(loss: 0.02, tools).after == 32_500)
    #expect(try requirement(loss: 0.09, tools).after == 90_000)
  }

  @Test("the floor holds the margin of the longest history")
  func longestHistoryFloor() throws {
    let tools = try AntiProcyclicalitySettings(longestHistoryFloor: .on)
    #expect(try requirement(loss: 0.02, tools).after == 35_000)
    #expect(try requirement(loss: 0.05, tools).after == 50_000)
  }

  @Test("all three follow each other: weight, buffer, floor")
  func together() throws {
    let tools = try AntiProcyclicalitySettings(
      buffer: MarginBuffer(), stressedWeight: 0.5, longestHistoryFloor: .on)
    let made = try requirement(loss: 0.02, tools)
    // ½ · 2 % + ½ · 7 % = 4.5 %; a buffer of ¼ · (2 · 3.5 % − 4.5 %).
    #expect(made.after == 51_250)
    #expect(made.reason == "stressed weight: 4.50 %, buffer: 5.13 %, longest-history floor: 5.13 %")
  }

  @Test("without a tool or without evidence the requirement passes and the step says why")
  func notApplied() throws {
    #expect(try requirement(loss: 0.02, .off).after == 20_000)
    var settings = PolicySettings()
    settings.antiProcyclicality = try AntiProcyclicalitySettings(stressedWeight: 0.5)
    var run = PolicyRun(try settings.marginPolicy())
    let step = try run.ask(minute: 0, 0.2)[0].adjustments[1]
    #expect(step.step == .antiProcyclicality && step.before == step.after)
    #expect(
      step.reason.description
        == "nothing is known of closing out: the tools against procyclicality could not be applied")
  }

  @Test("no tool lowers a requirement, and a larger requirement never comes out smaller", arguments: 0..<60)
  func neverLowersAndNeverCrosses(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let share = 0.25 + 2 * generator.uniform()
    let tools = try AntiProcyclicalitySettings(
      buffer: MarginBuffer(share: share, exhaustedAt: 1 + share + generator.uniform()),
      stressedWeight: generator.happens(withProbability: 0.5) ? 0.25 + 0.75 * generator.uniform() : nil,
      longestHistoryFloor: generator.happens(withProbability: 0.5) ? .on : .off)
    var last = 0
    for step in 0...60 {
      let made = try requirement(loss: Double(step) * 0.004, tools)
      #expect(made.after >= made.before && made.after >= last)
      last = made.after
    }
  }

  @Test("a buffer that would shrink faster than the requirement grows is refused")
  func contradiction() throws {
    let fault = #expect(throws: MarginingFault.self) { try MarginBuffer(share: 0.5, exhaustedAt: 1.4) }
    #expect(fault?.description == "antiProcyclicality.buffer.exhaustedAt: must be from 1.5 to 1000.0, is 1.4")
  }
}
