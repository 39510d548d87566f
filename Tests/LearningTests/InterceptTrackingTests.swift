import Checkpoints
import Foundation
import Learning
import Sampling
import Testing

@Suite("Log-odds that follow their outcomes")
struct InterceptTrackingTests {
  private let soon = CalibrationEvidence(rows: 10, positives: 2, negatives: 2)

  @Test func belowItsEvidenceItSaysNothingAndDoesNotMove() throws {
    var tracking = try #require(InterceptTracking(step: 0.5, needed: soon))
    for row in 0..<10 {
      #expect(tracking.recalibrated(0.3) == nil)
      tracking.observe(row == 3, said: nil)
    }
    #expect(tracking.recalibrated(0.3) == nil)
    tracking.observe(true, said: nil)
    #expect(tracking.offset == 0)
    #expect(abs(try #require(tracking.recalibrated(0.3)) - 0.3) < 1e-15)
  }

  @Test func byHandAnEventRaisesAndItsAbsenceLowers() throws {
    var tracking = try #require(
      InterceptTracking(step: 0.5, needed: CalibrationEvidence(rows: 0, positives: 0, negatives: 0)))
    tracking.observe(true, said: 0.2)
    #expect(abs(tracking.offset - 0.4) < 1e-15)
    tracking.observe(false, said: 0.6)
    #expect(abs(tracking.offset - 0.1) < 1e-15)
    let odds = try #require(tracking.recalibrated(0.5).map { $0 / (1 - $0) })
    #expect(abs(log(odds) - 0.1) < 1e-12)
  }

  @Test func itNeverMovesFurtherThanItsLimit() throws {
    var tracking = try #require(InterceptTracking(step: 1, limit: 1.5, needed: soon))
    for row in 0..<200 { tracking.observe(row < 100, said: tracking.recalibrated(0.5)) }
    #expect(tracking.offset == -1.5)
  }

  @Test func settingsOutOfRangeAreRefused() {
    for (step, limit) in [(0, 1), (-1, 1), (.nan, 1), (.infinity, 1), (1, 0), (1, .nan)] as [(Double, Double)] {
      #expect(InterceptTracking(step: step, limit: limit) == nil)
    }
  }

  /// A model that says 5 % of events that come in 15 % of the rows.
  @Test func inTheLongRunEventsAreAsFrequentAsSaid() throws {
    var random = SeededGenerator(seed: 8)
    var tracking = InterceptTracking.standard
    var (said, happened, count) = (0.0, 0.0, 0.0)
    for row in 0..<30_000 {
      let probability = tracking.recalibrated(0.05)
      let event = random.happens(withProbability: 0.15)
      tracking.observe(event, said: probability)
      guard row >= 5_000, let probability else { continue }
      said += probability
      happened += event ? 1 : 0
      count += 1
    }
    #expect(count == 25_000)
    #expect(abs(said - happened) / count < 0.003)
  }

  @Test func stoppedItGoesOn() throws {
    var tracking = InterceptTracking.standard
    for row in 0..<700 { tracking.observe(row % 9 == 0, said: tracking.recalibrated(0.2)) }
    var written = StateArchive()
    try written.exchange(&tracking)
    var archive = StateArchive(reading: written.bytes)
    var restored = InterceptTracking.standard
    try archive.exchange(&restored)
    try archive.finish()
    #expect(restored == tracking && tracking.offset != 0)
  }
}
