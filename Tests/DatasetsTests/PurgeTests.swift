import Datasets
import Markets
import Testing

@Suite struct PurgeTests {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func dropsExactlyTheOverlappingLabels(seed: UInt64) throws {
    let intervals = try randomIntervals(seed: seed, count: 90)
    let evaluation = Array(30..<50)
    let training = Array(0..<30) + Array(50..<90)
    let kept = Purge.kept(training, evaluating: evaluation, in: intervals)
    let dropped = Purge.overlapping(training, evaluating: evaluation, in: intervals)
    #expect(Set(kept) == Set(training.filter { !bruteForceMeets(intervals, $0, evaluation) }))
    #expect(Set(dropped) == Set(training.filter { bruteForceMeets(intervals, $0, evaluation) }))
    #expect((kept + dropped).sorted() == training)
    #expect(kept == kept.sorted())
  }

  @Test func startsAtTheFirstOriginOfTheFoldAndNotAtTheEndOfItsFirstLabel() throws {
    // One row a second, labels of ten seconds; the fold starts at 100 and its first label ends at 110.
    let origins = (0..<200).map(at)
    let intervals = try #require(LabelIntervals(origins: origins, ends: (0..<200).map { at($0 + 10) }))
    let kept = Purge.kept(Array(0..<100), evaluating: Array(100..<150), in: intervals)
    // Row 89 knows the market up to 99; row 90 up to 100, the fold's first origin.
    #expect(kept == Array(0..<90))
    // The leak would keep every row whose label ends before 110: the ten rows 90 to 99.
    let leaky = (0..<100).filter { intervals.ends[$0] < intervals.ends[100] }
    #expect(Purge.overlapping(leaky, evaluating: Array(100..<150), in: intervals) == Array(90..<100))
  }

  @Test func aRowThatStartsWhereTheLastLabelEndsDoesNotOverlap() throws {
    let intervals = try #require(
      LabelIntervals(origins: [10, 19, 20, 29, 30].map(at), ends: [20, 29, 30, 39, 40].map(at)))
    #expect(Purge.kept([1, 2, 3, 4], evaluating: [0], in: intervals) == [2, 3, 4])
  }

  @Test func theEmbargoKeepsLaterTrainingAwayFromTheFold() throws {
    let intervals = try #require(
      LabelIntervals(origins: (0..<100).map(at), ends: (0..<100).map { at($0 + 10) }))
    let training = Array(0..<40) + Array(50..<100)
    let kept = Purge.kept(training, evaluating: Array(40..<50), in: intervals, embargo: .seconds(15))
    // The last label ends at 59; fifteen seconds later is 74.
    #expect(kept == Array(0..<30) + Array(74..<100))
  }

  @Test func allMarketsArePurgedAtTheSameTime() throws {
    let samples = (0..<60).flatMap { second in
      [
        Sample(market: "A", second: second, value: 0, span: 5), Sample(market: "B", second: second, value: 0, span: 5),
      ]
    }
    let data = try dataset(samples)
    // Only market A is judged, and still market B's labels that overlap are dropped.
    let evaluation = Array(data.rows(from: at(30))).filter { data.marketIndices[$0] == 0 }
    let kept = Purge.kept(Array(data.rows(to: at(30))), evaluating: evaluation, in: data.labelIntervals)
    #expect(kept == Array(data.rows(to: at(25))))
  }

  @Test func anEmptyFoldPurgesNothing() throws {
    let intervals = try randomIntervals(seed: 1, count: 10)
    #expect(Purge.kept([1, 2, 3], evaluating: [], in: intervals) == [1, 2, 3])
    #expect(Purge.overlapping([1, 2, 3], evaluating: [], in: intervals).isEmpty)
  }

  @Test func aLabelPlantedFromTheFutureIsFound() throws {
    let honest = try randomIntervals(seed: 4, count: 400, span: 10)
    let evaluation = Array(300..<400)
    let train = Purge.kept(Array(0..<300), evaluating: evaluation, in: honest)
    #expect(Purge.overlapping(train, evaluating: evaluation, in: honest).isEmpty)
    // The same rows with labels taken one horizon later: their true ends are known, the split was made without them.
    let planted = try #require(
      LabelIntervals(origins: honest.origins, ends: honest.ends.map { $0 + .seconds(10) }))
    let caught = Purge.overlapping(train, evaluating: evaluation, in: planted)
    let start = honest.origins[300]
    #expect(!caught.isEmpty)
    #expect(caught == train.filter { honest.origins[$0] + .seconds(20) >= start })
  }

  @Test func intervalsOfUnequalLengthAreRefused() {
    #expect(LabelIntervals(origins: [at(1)], ends: []) == nil)
  }

  @Test func instantsAtTheEndsOfTimeDoNotTrap() throws {
    let intervals = try #require(
      LabelIntervals(origins: [.distantPast, at(0), .distantFuture], ends: [at(0), .distantFuture, .distantFuture]))
    #expect(
      Purge.kept([0, 2], evaluating: [1], in: intervals, embargo: TimeSpan(nanoseconds: .max)).isEmpty == false)
  }
}
