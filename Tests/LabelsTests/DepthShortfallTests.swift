import Labels
import Markets
import Testing

/// Hand-worked tables: depth 10 is the threshold, 5 is below it, 20 is not.
@Suite struct DepthShortfallTests {
  @Test func aSnapshotAtTheEndOfTheHorizonIsInsideAndOneAtItsStartIsOutside() throws {
    let stream = try [observed(0, depth: 5), observed(10, depth: 20), observed(20, depth: 5), observed(31, depth: 20)]
    // 0: (0, 10] holds 20. 10: (10, 20] holds 5. 20: (20, 30] holds nothing, its own 5 is outside.
    #expect(answers(try task(), stream) == ["0", "1", "too-few-snapshots", "end-of-data"])
  }

  @Test func latencyMovesBothEndsOfTheHorizon() throws {
    let stream = try [
      observed(0, depth: 20), observed(2, depth: 5), observed(12, depth: 20), observed(13, depth: 5),
      observed(40, depth: 20),
    ]
    // 0: (2, 12] holds only the 20 at 12. 2: (4, 14] holds the 5 at 13.
    #expect(answers(try task(latency: 2), stream).prefix(2) == ["0", "1"])
  }

  @Test func depthAtTheThresholdIsNotBelowIt() throws {
    let stream = try [observed(0, depth: 10), observed(5, depth: 10), observed(20, depth: 9)]
    let all = labels(try task(), stream)
    #expect(all[0].sell.inShortfall == false)
    #expect(brief(all[0].sell.depthShortfall) == "0")
  }

  @Test func anOriginSaysWhetherItIsInShortfallItself() throws {
    let all = labels(try task(), try [observed(0, depth: 5), observed(1, depth: nil), observed(2, depth: 20)])
    #expect(all.map(\.buy.inShortfall) == [true, nil, false])
    #expect(all.map(\.buy.side) == [.buy, .buy, .buy])
    #expect(all.map(\.buy.threshold) == [10, 10, 10])
  }

  @Test func sidesAreAnsweredApart() throws {
    let thin = OutcomeObservation(time: at(5), market: try market(), mid: 100, depth: BySide(sell: 5, buy: 20))
    let all = labels(try task(), try [observed(0, depth: 20), thin, observed(20, depth: 20)])
    #expect(brief(all[0].sell.depthShortfall) == "1")
    #expect(brief(all[0].buy.depthShortfall) == "0")
  }

  @Test func simultaneousSnapshotsAreOriginsWithTheSameHorizon() throws {
    let stream = try [
      observed(0, depth: 20), observed(0, depth: 5), observed(10, depth: 20), observed(10, depth: 5),
      observed(21, depth: 20),
    ]
    let all = labels(try task(), stream)
    #expect(all.map(\.sell.inShortfall) == [false, true, false, true, false])
    // The 5 at 0 is outside (0, 10] of both origins at 0; the 5 at 10 is inside.
    #expect(all.prefix(2).map { brief($0.sell.depthShortfall) } == ["1", "1"])
    #expect(
      all.dropFirst(2).prefix(2).map { brief($0.sell.depthShortfall) }
        == Array(repeating: "too-few-snapshots", count: 2))
  }

  @Test func aStateHoldsUntilTheNextSnapshot() throws {
    // Below from 3 to 5 in (0, 10]: a share of 0.2.
    let stream = try [
      observed(0, depth: 20), observed(3, depth: 5), observed(5, depth: 20), observed(20, depth: 20),
    ]
    #expect(answers(try task(occupancy: .shareOfTime(0.2)), stream)[0] == "1")
    #expect(answers(try task(occupancy: .shareOfTime(0.21)), stream)[0] == "0")
  }

  @Test func theStateInForceAtTheStartCountsFromTheStart() throws {
    // Horizon (2, 12]: the 5 of instant 1 holds to 4, so it counts from 2 to 4.
    let stream = try [
      observed(0, depth: 20), observed(1, depth: 5), observed(4, depth: 20), observed(20, depth: 20),
    ]
    #expect(answers(try task(latency: 2, occupancy: .shareOfTime(0.2)), stream)[0] == "1")
    #expect(answers(try task(latency: 2, occupancy: .shareOfTime(0.21)), stream)[0] == "0")
    #expect(answers(try task(latency: 2, occupancy: .anySnapshot), stream)[0] == "0")
  }

  @Test func theLastStateHoldsToTheEndOfTheHorizon() throws {
    let stream = try [observed(0, depth: 20), observed(9, depth: 5), observed(11, depth: 20)]
    #expect(answers(try task(occupancy: .shareOfTime(0.1)), stream)[0] == "1")
    // A state that begins at the very end occupies no time, though its snapshot is inside.
    let late = try [observed(0, depth: 20), observed(10, depth: 5), observed(11, depth: 20)]
    #expect(answers(try task(occupancy: .shareOfTime(0.1)), late)[0] == "0")
    #expect(answers(try task(occupancy: .anySnapshot), late)[0] == "1")
  }

  @Test func ofSimultaneousSnapshotsTheLastIsInForce() throws {
    let stream = try [
      observed(0, depth: 20), observed(4, depth: 20), observed(4, depth: 5), observed(6, depth: 5),
      observed(6, depth: 20), observed(20, depth: 20),
    ]
    #expect(answers(try task(occupancy: .shareOfTime(0.2)), stream)[0] == "1")
    #expect(answers(try task(occupancy: .shareOfTime(0.21)), stream)[0] == "0")
  }

  @Test func aShareThatIsExactInDecimalsIsReached() throws {
    // 10 % of 300 s is 30 s exactly, whatever 0.1 is in binary; likewise 70 % of 1,000 s.
    let tenth = try [observed(0, depth: 20), observed(10, depth: 5), observed(40, depth: 20), observed(301, depth: 20)]
    #expect(answers(try task(horizon: 300, occupancy: .shareOfTime(0.1)), tenth)[0] == "1")
    let most = try [observed(0, depth: 5), observed(700, depth: 20), observed(1001, depth: 20)]
    #expect(answers(try task(horizon: 1000, occupancy: .shareOfTime(0.7)), most)[0] == "1")
  }

  @Test func aNanosecondLessThanTheShareIsNotEnough() throws {
    let end = OutcomeObservation(
      time: Timestamp(nanoseconds: 4_999_999_999), market: try market(), mid: 100, depth: BySide(sell: 20, buy: 20))
    let stream = try [observed(0, depth: 20), observed(3, depth: 5), end, observed(20, depth: 20)]
    #expect(answers(try task(occupancy: .shareOfTime(0.2)), stream)[0] == "0")
    #expect(answers(try task(occupancy: .shareOfTime(0.199_999_999_9)), stream)[0] == "1")
  }

  @Test func anUnknownBookHidesOnlyWhatHangsOnIt() throws {
    let hidden = try [observed(0, depth: 20), observed(3, depth: nil), observed(5, depth: 20), observed(20, depth: 20)]
    let seen = try [observed(0, depth: 20), observed(3, depth: nil), observed(5, depth: 5), observed(20, depth: 20)]
    #expect(answers(try task(), hidden)[0] == "unknown-book")
    #expect(answers(try task(), seen)[0] == "1")
    // Two of ten seconds are unknown.
    #expect(answers(try task(occupancy: .shareOfTime(0.2)), hidden)[0] == "unknown-book")
    #expect(answers(try task(occupancy: .shareOfTime(0.3)), hidden)[0] == "0")
    #expect(answers(try task(occupancy: .shareOfTime(0.5)), seen)[0] == "1")
    #expect(answers(try task(occupancy: .shareOfTime(0.6)), seen)[0] == "unknown-book")
  }

  @Test func aOneSidedOriginStillHasAFuture() throws {
    let stream = try [observed(0, depth: nil), observed(5, depth: 5), observed(20, depth: 20)]
    #expect(answers(try task(), stream)[0] == "1")
    #expect(
      answers(try task(), try [observed(0, depth: nil), observed(5, depth: 20), observed(20, depth: 20)])[0] == "0")
  }
}
