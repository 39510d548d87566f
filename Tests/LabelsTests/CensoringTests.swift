import Labels
import Markets
import Testing

@Suite struct CensoringTests {
  @Test func tooFewSnapshotsInsideMakeTheOutcomeUnknown() throws {
    let stream = try [
      observed(0, depth: 20), observed(4, depth: 5), observed(8, depth: 5), observed(11, depth: 20),
      observed(14, depth: 20), observed(30, depth: 20),
    ]
    // (0, 10] holds two, (4, 14] three.
    #expect(answers(try task(minimum: 3), stream).prefix(2) == ["too-few-snapshots", "1"])
  }

  @Test func aGapThatTouchesTheHorizonMakesTheOutcomeUnknown() throws {
    let stream = try [0, 2, 4, 10, 12, 30, 32, 34].map { try observed($0, depth: 20) }
    // The gap from 12 to 30 touches (2, 12] not at all, and (4, 14] from 12 on.
    let reasons = answers(try task(gap: 10), stream)
    #expect(reasons == ["0", "0", "gap", "gap", "gap", "end-of-data", "end-of-data", "end-of-data"])
  }

  @Test func aGapThatEndsWhereTheHorizonStartsDoesNotTouchIt() throws {
    let touching = try [0, 21, 25, 40].map { try observed($0, depth: 20) }
    #expect(answers(try task(latency: 20, gap: 20), touching)[0] == "gap")
    let apart = try [0, 21, 25, 31, 40].map { try observed($0, depth: 20) }
    #expect(answers(try task(latency: 21, gap: 20), apart)[0] == "0")
  }

  @Test func aGapOfExactlyTheToleratedLengthIsTolerated() throws {
    let stream = try [0, 5, 10, 20].map { try observed($0, depth: 20) }
    #expect(answers(try task(gap: 5), stream)[0] == "0")
    #expect(answers(try task(gap: 4), stream)[0] == "gap")
  }

  @Test func aHorizonInsideOneGapIsAGap() throws {
    let stream = try [0, 100, 101].map { try observed($0, depth: 20) }
    #expect(answers(try task(gap: 50), stream)[0] == "gap")
    #expect(answers(try task(gap: nil), stream)[0] == "too-few-snapshots")
  }

  @Test func anEventDoesNotLiftTheCensoringOfAGap() throws {
    let stream = try [observed(0, depth: 20), observed(1, depth: 5), observed(30, depth: 20)]
    #expect(answers(try task(gap: 10), stream)[0] == "gap")
  }

  @Test func theHorizonMayEndWithTheDataButNotPassIt() throws {
    let stream = try [observed(0, depth: 20), observed(1, depth: 20), observed(10, depth: 5)]
    #expect(answers(try task(), stream) == ["1", "end-of-data", "end-of-data"])
    var labeler = OutcomeLabeler(task: try task(), thresholds: BySide(sell: 10, buy: 10))
    for observation in stream { #expect(labeler.observe(observation).isEmpty) }
    #expect(labeler.pendingCount == 3)
    #expect(labeler.finish().count == 3)
    #expect(labeler.pendingCount == 0)
    #expect(labeler.finish().isEmpty)
  }

  @Test func censoringCoversEveryAnswer() throws {
    let closeOut = try CloseOut(notional: 1, maintenanceMargin: .zero)
    let stream = try [observed(0, mid: 100, sell: 99, buy: 101), observed(1, mid: 100, sell: 50, buy: 150)]
    let label = try #require(labels(try task(closeOut: closeOut), stream).first?.sell)
    #expect(label.depthShortfall == .censored(.endOfData))
    #expect(label.closeOutLoss == .censored(.endOfData))
    #expect(label.marginShortfall == .censored(.endOfData))
  }

  @Test func noDataGivesNoOrigins() throws {
    #expect(labels(try task(), []).isEmpty)
  }

  @Test func instantsAtTheEndsOfTimeDoNotTrap() throws {
    let times: [Int64] = [.min, .min + 1, -1, 0, .max - 1, .max]
    let stream = try times.map {
      OutcomeObservation(
        time: Timestamp(nanoseconds: $0), market: try market(), mid: 1, depth: BySide(sell: 1, buy: 1))
    }
    for occupancy in [Occupancy.anySnapshot, .shareOfTime(0.5)] {
      #expect(labels(try task(latency: 1, occupancy: occupancy, gap: 3), stream).count == times.count)
    }
  }
}
