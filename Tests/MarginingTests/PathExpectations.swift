import Margining
import Markets
import Testing

/// A request and the recommendations that answered it.
typealias Answer = (request: MarginRequest, tiers: [Recommendation])

/// The slow twin of the rate limits: every margin that held within the window before a notice, one by one.
func expectAllowances(kept answers: [Answer], _ settings: PolicySettings) {
  let (up, down) = (Int((settings.up * 1e6).rounded()), Int((settings.down * 1e6).rounded()))
  var past: [(from: Timestamp, margins: [Int])] = []
  for (request, tiers) in answers {
    let current = tiers.map(\.current.partsPerMillion)
    if past.isEmpty { past.append((.distantPast, current)) }
    func hours(_ rate: Int, _ tier: Int) -> Int {
      max(1, Int((settings.deadBand * Double(current[tier]) / Double(rate)).rounded(.up)))
    }
    func held(_ hours: Int, _ tier: Int) -> [Int] {
      let start = request.time - .hours(Int64(hours))
      return past.indices.filter { $0 == past.count - 1 || past[$0 + 1].from > start }.map { past[$0].margins[tier] }
    }
    for (tier, recommendation) in tiers.enumerated() where recommendation.isChange {
      let new = recommendation.recommended.partsPerMillion
      if new > current[tier] { #expect(held(hours(up, tier), tier).allSatisfy { new - $0 <= up * hours(up, tier) }) }
      if new < current[tier] {
        #expect(held(hours(down, tier), tier).allSatisfy { $0 - new <= down * hours(down, tier) })
      }
    }
    if tiers.contains(where: \.isChange) { past.append((request.time, tiers.map(\.recommended.partsPerMillion))) }
  }
}
