import Checkpoints
import Labels
import Markets
import Sampling
import Testing

/// Labels of some of the snapshots, judged by all of them, and labelers that are stopped and go on.
@Suite struct WitnessTests {
  @Test(arguments: 0..<16)
  func originsAmongWitnessesHaveTheLabelsThatTheyHaveAmongOrigins(index: Int) throws {
    let task = LabelStreamTests.tasks[index]
    for seed in 0..<15 as Range<UInt64> {
      let stream = try randomStream(seed: seed, count: 150)
      let whole = labels(task, stream)
      for share in [0.02, 0.2, 0.7] {
        var generator = SeededGenerator(seed: seed, stream: 7)
        let chosen = stream.indices.filter { _ in generator.happens(withProbability: share) }
        var labeler = OutcomeLabeler(task: task, thresholds: BySide(sell: 10, buy: 10))
        var found: [BySide<LabeledOrigin>] = []
        for (position, observation) in stream.enumerated() {
          found +=
            chosen.contains(position) ? labeler.observe(observation) : labeler.witness(observation)
        }
        found += labeler.finish()
        #expect(found == chosen.map { whole[$0] }, "seed \(seed), share \(share)")
      }
    }
  }

  @Test func manyWitnessesBetweenOriginsTakeNoMemory() throws {
    let executing = try #require(MarginFraction(partsPerMillion: 40_000))
    let task = try task(
      horizon: 1_000, latency: 1, occupancy: .shareOfTime(0.1), gap: 20,
      closeOut: CloseOut(notional: 1, maintenanceMargin: executing))
    var labeler = OutcomeLabeler(task: task, thresholds: BySide(sell: 10, buy: 10))
    var completed = 0
    var second: Int64 = 0
    for number in 0..<30_000 as Range<Int64> {
      second += number % 977 == 0 ? 25 : 1
      // A price that falls all the time would keep every execution of the other side.
      let mid = 1_000 - Double(number) / 100
      let observation = try observed(second, mid: mid, sell: mid - 1, buy: mid + 1)
      let isOrigin = number % 100 == 0 && number / 5_000 % 2 == 0
      completed += isOrigin ? labeler.observe(observation).count : labeler.witness(observation).count
      #expect(labeler.pendingCount <= 11)
      #expect(labeler.heldCount <= 11 * 4 + 2)
    }
    #expect(completed == 150)
    #expect(labeler.heldCount <= 3)
  }

  @Test(arguments: [0, 5, 6, 15])
  func aLabelerThatIsStoppedGoesOnAsIfItNeverWas(index: Int) throws {
    let task = LabelStreamTests.tasks[index]
    let stream = try randomStream(seed: 31, count: 400)
    var whole = OutcomeLabeler(task: task, thresholds: BySide(sell: 10, buy: 10))
    var stopped = whole
    for (position, observation) in stream.enumerated() {
      let isOrigin = position % 3 != 1
      let expected = isOrigin ? whole.observe(observation) : whole.witness(observation)
      let found = isOrigin ? stopped.observe(observation) : stopped.witness(observation)
      try #require(found == expected)
      var written = StateArchive()
      try written.exchange(&stopped)
      var archive = StateArchive(reading: written.bytes)
      stopped = OutcomeLabeler(task: task, thresholds: BySide(sell: 10, buy: 10))
      try archive.exchange(&stopped)
      try archive.finish()
      #expect(stopped.heldCount == whole.heldCount)
    }
    #expect(stopped.finish() == whole.finish())
  }

  @Test func aTornMemoryIsRefused() throws {
    var labeler = OutcomeLabeler(task: try task(), thresholds: BySide(sell: 10, buy: 10))
    for observation in try randomStream(seed: 3, count: 50) { _ = labeler.observe(observation) }
    var written = StateArchive()
    try written.exchange(&labeler)
    for length in stride(from: 0, to: written.bytes.count, by: 8) {
      var archive = StateArchive(reading: Array(written.bytes.prefix(length)))
      var other = OutcomeLabeler(task: try task(), thresholds: BySide(sell: 10, buy: 10))
      #expect(throws: StateFault.self) {
        try archive.exchange(&other)
        try archive.finish()
      }
    }
  }
}
