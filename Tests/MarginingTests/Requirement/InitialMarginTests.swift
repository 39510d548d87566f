import Margining
import Markets
import Testing

/// One tier; 4 % maintenance margin at the reference notional of 1,000,000 and an adverse return of 1 %.
@Suite("Initial margin")
struct InitialMarginTests {
  private func answer(
    maintenanceShare: Double, openInterest: Double? = nil, depth: Double = 1_000_000, noticeMultiple: Double = 1,
    form: RequirementForm = .conditional, evidence: Bool = true
  ) throws -> Recommendation {
    var settings = PolicySettings()
    settings.form = form
    settings.confirmations = 1
    settings.up = 0.5
    settings.conditional = try ConditionalSettings(
      concentration: ConcentrationSettings(coefficient: 0), noticeMultiple: noticeMultiple)
    if let openInterest {
      settings.openInterest = try OpenInterestSettings(
        lower: 1, upper: 5, known: [name("ETHUSDT"): openInterest])
    }
    var figures = EvidenceFigures()
    figures.persistentDepth = depth
    var run = PolicyRun(try settings.marginPolicy(maintenanceShare: maintenanceShare))
    return try run.ask(minute: 0, 0.01, evidence: evidence ? figures.evidence() : nil)[0]
  }

  @Test("the share of the schedule decides where it asks for more than the notice period")
  func share() throws {
    let half = try answer(maintenanceShare: 0.5)
    #expect(half.recommended.partsPerMillion == 40_000)
    #expect(half.initialMargin.partsPerMillion == 80_000 && half.maximumLeverage == 12)
    #expect(half.initialReason == .maintenanceShare(0.5))
  }

  @Test("the adverse return over the notice period grows with the root of its length")
  func notice() throws {
    let short = try answer(maintenanceShare: 0.9)
    #expect(short.initialMargin.partsPerMillion == 50_000 && short.maximumLeverage == 20)
    let long = try answer(maintenanceShare: 0.9, noticeMultiple: 9)
    #expect(long.initialMargin.partsPerMillion == 70_000 && long.maximumLeverage == 14)
    #expect(
      long.initialReason.description == "maintenance margin and an adverse return of 3.00 % over the notice period")
  }

  @Test("open interest beyond the persistent depth raises it towards the whole notional")
  func openInterest() throws {
    #expect(try answer(maintenanceShare: 0.9, openInterest: 1_000_000).initialMargin.partsPerMillion == 50_000)
    // Half-way from one to five times the depth: 5 % + ½ · 95 %.
    let half = try answer(maintenanceShare: 0.9, openInterest: 3_000_000)
    #expect(half.initialMargin.partsPerMillion == 525_000 && half.maximumLeverage == 1)
    #expect(
      half.initialReason.description
        == "raised from 5.00 % (maintenance margin and an adverse return of 1.00 % over the notice period) "
        + "for an open interest of 3,000,000 beside a persistent depth of 1,000,000")
    #expect(try answer(maintenanceShare: 0.9, openInterest: 6_000_000).initialMargin == .full)
    #expect(try answer(maintenanceShare: 0.9, openInterest: 1, depth: 0).initialMargin == .full)
    #expect(try answer(maintenanceShare: 0.9, openInterest: 0, depth: 0).initialMargin.partsPerMillion == 50_000)
  }

  @Test(
    "without evidence neither notice period nor open interest counts, and the probability form has no notice period")
  func withoutEvidence() throws {
    let blind = try answer(maintenanceShare: 0.9, openInterest: 6_000_000, evidence: false)
    #expect(blind.initialReason == .maintenanceShare(0.9))
    let plain = try answer(maintenanceShare: 0.9, form: .probability)
    #expect(plain.initialMargin.partsPerMillion == 11_112)
    #expect(try answer(maintenanceShare: 0.9, openInterest: 6_000_000, form: .probability).initialMargin == .full)
  }
}
