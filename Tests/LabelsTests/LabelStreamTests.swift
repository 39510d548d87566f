import Labels
import Markets
import Sampling
import Testing

/// The labeler against a twin that looks at the whole recording, and the properties of its stream.
@Suite struct LabelStreamTests {
  static let tasks: [ShortfallTask] = {
    var tasks: [ShortfallTask] = []
    let closeOut = MarginFraction(partsPerMillion: 40_000).flatMap {
      try? CloseOut(notional: 1, fee: 0.001, maintenanceMargin: $0)
    }
    for occupancy in [Occupancy.anySnapshot, .shareOfTime(0.1), .shareOfTime(0.5), .shareOfTime(1)] {
      for (latency, minimum, gap) in [(0, 1, nil), (1, 3, nil), (3, 1, 6), (7, 2, 9)] as [(Int64, Int, Int64?)] {
        let made = try? task(latency: latency, occupancy: occupancy, minimum: minimum, gap: gap, closeOut: closeOut)
        if let made { tasks.append(made) }
      }
    }
    return tasks
  }()

  @Test(arguments: 0..<16)
  func equalsTheSlowTwin(index: Int) throws {
    let task = Self.tasks[index]
    for seed in 0..<15 as Range<UInt64> {
      let stream = try randomStream(seed: seed, count: 120)
      let fast = labels(task, stream)
      try #require(fast.count == stream.count)
      for (position, pair) in fast.enumerated() {
        for side in LiquidationSide.allCases {
          let slow = SlowTwin(task: task, threshold: 10, stream: stream, side: side).label(at: position)
          #expect(pair[side] == slow, "seed \(seed), origin \(position), side \(side)")
        }
      }
    }
  }

  @Test func theRandomStreamsReachEveryAnswer() throws {
    var seen: Set<String> = []
    for task in Self.tasks {
      for seed in 0..<10 as Range<UInt64> {
        for pair in labels(task, try randomStream(seed: seed, count: 120)) {
          seen.insert("depth " + brief(pair.sell.depthShortfall))
          seen.insert("margin " + brief(pair.buy.marginShortfall))
        }
      }
    }
    let every = ["0", "1"] + CensoringReason.allCases.map(\.rawValue)
    #expect(seen == Set(every.flatMap { ["depth \($0)", "margin \($0)"] }))
  }

  @Test(arguments: [0, 6, 11])
  func anOriginIsAnsweredByTheFirstSnapshotPastItsHorizonAndNeverEarlier(index: Int) throws {
    let task = Self.tasks[index]
    let stream = try randomStream(seed: 5, count: 300)
    var labeler = OutcomeLabeler(task: task, thresholds: BySide(sell: 10, buy: 10))
    var answered: [Timestamp] = []
    for (position, observation) in stream.enumerated() {
      for pair in labeler.observe(observation) {
        let end = pair.sell.time + task.informationSpan
        #expect(pair.sell.informationEnd == end)
        #expect(end < observation.time)
        #expect(end >= stream[position - 1].time)
        answered.append(pair.sell.time)
      }
    }
    #expect(answered == stream.prefix(answered.count).map(\.time))
  }

  @Test(arguments: [1, 7, 13])
  func nothingAfterTheHorizonChangesAnAnswer(index: Int) throws {
    let task = Self.tasks[index]
    let stream = try randomStream(seed: 8, count: 200)
    let original = labels(task, stream)
    for origin in stride(from: 0, to: 150, by: 7) {
      let end = stream[origin].time + task.informationSpan
      guard let first = stream.firstIndex(where: { $0.time > end }) else { continue }
      // The same instants, other books; one later snapshot must remain to close the horizon.
      let other = try randomStream(seed: 99, count: 200)
      var changed = stream
      for position in first..<stream.count {
        changed[position] = OutcomeObservation(
          time: stream[position].time, market: stream[position].market, mid: other[position].mid,
          depth: other[position].depth, execution: other[position].execution)
      }
      #expect(labels(task, changed)[origin] == original[origin])
    }
  }

  @Test func aPrefixGivesTheSameAnswersAsFarAsItGoes() throws {
    for task in Self.tasks {
      let stream = try randomStream(seed: 21, count: 150)
      let whole = labels(task, stream)
      var labeler = OutcomeLabeler(task: task, thresholds: BySide(sell: 10, buy: 10))
      var emitted: [BySide<LabeledOrigin>] = []
      for observation in stream.prefix(90) { emitted += labeler.observe(observation) }
      #expect(emitted == Array(whole.prefix(emitted.count)))
      let pending = labeler.finish()
      #expect(emitted.count + pending.count == 90)
    }
  }

  @Test func memoryIsBoundedByTheHorizon() throws {
    var labeler = OutcomeLabeler(task: try task(latency: 1), thresholds: BySide(sell: 10, buy: 10))
    for second in 0..<5_000 as Range<Int64> {
      _ = labeler.observe(try observed(second, depth: 20))
      #expect(labeler.pendingCount <= 12)
    }
  }

  @Test func anObservationThatGoesBackInTimeChangesNothing() throws {
    let stream = try [observed(0, depth: 20), observed(5, depth: 20), observed(20, depth: 20)]
    var labeler = OutcomeLabeler(task: try task(), thresholds: BySide(sell: 10, buy: 10))
    var all: [BySide<LabeledOrigin>] = []
    for observation in stream {
      all += labeler.observe(observation)
      all += labeler.observe(try observed(-50, depth: 1))
    }
    #expect(all + labeler.finish() == labels(try task(), stream))
  }
}

/// Observations with repeated instants, gaps, unknown books and depths around the threshold, on whole seconds.
func randomStream(seed: UInt64, count: Int) throws -> [OutcomeObservation] {
  var generator = SeededGenerator(seed: seed)
  let eth = try market()
  var second: Int64 = 0
  return (0..<count).map { _ in
    let draw = generator.index(below: 20)
    second += draw < 4 ? 0 : draw < 18 ? Int64(generator.index(below: 4)) : Int64(generator.index(below: 14))
    let isKnown = !generator.happens(withProbability: 0.06)
    let isCalm = generator.happens(withProbability: 0.8)
    func depth() -> Double { Double(generator.index(below: isCalm ? 30 : 12)) + (isCalm ? 9 : 0) }
    let mid = 100 + Double(generator.index(below: 5))
    let cost = Double(generator.index(below: 5)) / 2
    let depths = BySide(sell: depth(), buy: depth())
    let execution = BySide(
      sell: Execution(price: mid - cost), buy: Execution(price: mid + cost, isExhausted: !isCalm))
    return OutcomeObservation(
      time: at(second), market: eth, mid: isKnown ? mid : nil, depth: isKnown ? depths : nil,
      execution: isKnown ? execution : nil)
  }
}
