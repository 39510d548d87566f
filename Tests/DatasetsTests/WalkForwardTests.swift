import Datasets
import Markets
import Testing

@Suite struct WalkForwardTests {
  @Test(arguments: 0..<30 as Range<UInt64>)
  func everyFoldIsTrainedOnExactlyWhatCameBeforeIt(seed: UInt64) throws {
    let intervals = try randomIntervals(seed: seed, count: 300, span: 10)
    let plan = try WalkForward(folds: 5, initialTrainingShare: 0.4, informationSpan: .seconds(10))
    let splits = plan.splits(of: intervals, among: Array(0..<300))
    #expect(splits.count == 5)
    for split in splits {
      let start = try #require(split.test.map { intervals.origins[$0] }.min())
      let before = (0..<300).filter { intervals.origins[$0] < start }
      #expect(split.train == before.filter { !bruteForceMeets(intervals, $0, split.test) })
      #expect(Purge.overlapping(split.train, evaluating: split.test, in: intervals).isEmpty)
      #expect(Set(split.train).isDisjoint(with: split.test))
    }
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func testBlocksAreContiguousAndCoverEverythingAfterTheFirstTraining(seed: UInt64) throws {
    let intervals = try randomIntervals(seed: seed, count: 200, span: 5)
    let plan = try WalkForward(folds: 4, initialTrainingShare: 0.5, informationSpan: .seconds(5))
    let splits = plan.splits(of: intervals, among: Array(0..<200))
    let tested = splits.flatMap(\.test)
    #expect(tested == Array((tested.first ?? 0)..<200))
    let instants = Set(intervals.origins).sorted()
    #expect(intervals.origins[tested.first ?? 0] == instants[Int((Double(instants.count) * 0.5).rounded(.up))])
    let sizes = splits.map { Set($0.test.map { intervals.origins[$0] }).count }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    // No instant is in two folds, so all markets are cut together.
    for (left, right) in zip(splits, splits.dropFirst()) {
      #expect(intervals.origins[left.test.last ?? 0] < intervals.origins[right.test.first ?? 0])
    }
  }

  @Test func trainingExpands() throws {
    let intervals = try randomIntervals(seed: 3, count: 400, span: 4)
    let plan = try WalkForward(folds: 6, informationSpan: .seconds(4))
    let splits = plan.splits(of: intervals, among: Array(0..<400))
    for (left, right) in zip(splits, splits.dropFirst()) {
      #expect(Set(left.train).isStrictSubset(of: right.train))
    }
  }

  @Test func aLongerEmbargoMovesTrainingFurtherAway() throws {
    let intervals = try #require(
      LabelIntervals(origins: (0..<100).map(at), ends: (0..<100).map { at($0 + 10) }))
    let plan = try WalkForward(
      folds: 1, initialTrainingShare: 0.5, informationSpan: .seconds(10), embargo: .seconds(25))
    #expect(plan.splits(of: intervals, among: Array(0..<100)).map(\.train) == [Array(0..<25)])
  }

  @Test func onlyTheRowsAskedForAreUsed() throws {
    let intervals = try randomIntervals(seed: 9, count: 300, span: 10)
    let rows = (0..<300).filter { $0 % 3 != 0 }
    let plan = try WalkForward(folds: 3, informationSpan: .seconds(10))
    for split in plan.splits(of: intervals, among: rows) {
      #expect(Set(split.train + split.test).isSubset(of: rows))
    }
  }

  @Test func tooFewInstantsGiveFewerFolds() throws {
    let plan = try WalkForward(folds: 5, initialTrainingShare: 0.5, informationSpan: .seconds(1))
    let same = try #require(LabelIntervals(origins: [at(0), at(0), at(0)], ends: [at(1), at(1), at(1)]))
    #expect(plan.splits(of: same, among: [0, 1, 2]).isEmpty)
    #expect(plan.splits(of: same, among: []).isEmpty)
    let two = try #require(LabelIntervals(origins: [at(0), at(9)], ends: [at(1), at(10)]))
    #expect(plan.splits(of: two, among: [0, 1]) == [Split(train: [0], test: [1])])
  }

  @Test func refusesPlansThatWouldLeak() {
    #expect(throws: WalkForwardFault.embargo(.seconds(9), atLeast: .seconds(10))) {
      try WalkForward(folds: 3, informationSpan: .seconds(10), embargo: .seconds(9))
    }
    #expect(throws: WalkForwardFault.folds(0)) { try WalkForward(folds: 0, informationSpan: .seconds(10)) }
    #expect(throws: WalkForwardFault.initialTrainingShare(1)) {
      try WalkForward(folds: 1, initialTrainingShare: 1, informationSpan: .seconds(10))
    }
  }

  @Test func splitsOfADatasetAreItsRowNumbers() throws {
    let data = try dataset(
      (0..<40).flatMap { second in
        ["A", "B"].map { Sample(market: $0, second: second, value: 0, span: 3) }
      })
    let plan = try WalkForward(folds: 2, initialTrainingShare: 0.5, informationSpan: .seconds(3))
    let splits = plan.splits(of: data)
    #expect(splits.map(\.test) == [Array(data.rows(from: at(20), to: at(30))), Array(data.rows(from: at(30)))])
    #expect(splits.map(\.train) == [Array(data.rows(to: at(17))), Array(data.rows(to: at(27)))])
    #expect(plan.splits(of: data, among: Array(0..<data.count)) == splits)
  }
}
