import Datasets
import Markets
import Testing

@Suite struct ChronologicalSplitTests {
  @Test func cutsTrainPurgeCalibratePurgeTest() throws {
    let intervals = try #require(
      LabelIntervals(origins: (0..<100).map(at), ends: (0..<100).map { at($0 + 10) }))
    let split = ChronologicalSplit(
      of: intervals, among: Array(0..<100), calibrateFrom: at(50), testFrom: at(80))
    #expect(split.train == Array(0..<40))
    #expect(split.calibrate == Array(50..<70))
    #expect(split.test == Array(80..<100))
    #expect(split.purged == Array(40..<50) + Array(70..<80))
  }

  @Test func withoutATestPartThereAreTwoParts() throws {
    let intervals = try #require(
      LabelIntervals(origins: (0..<100).map(at), ends: (0..<100).map { at($0 + 10) }))
    let split = ChronologicalSplit(of: intervals, among: Array(0..<100), calibrateFrom: at(50))
    #expect(split.train == Array(0..<40))
    #expect(split.calibrate == Array(50..<100))
    #expect(split.test.isEmpty)
  }

  @Test func withoutACalibrationPartTrainingIsPurgedAgainstTheTest() throws {
    let intervals = try #require(
      LabelIntervals(origins: (0..<100).map(at), ends: (0..<100).map { at($0 + 10) }))
    let split = ChronologicalSplit(of: intervals, among: Array(0..<100), calibrateFrom: at(80), testFrom: at(80))
    #expect(split.train == Array(0..<70))
    #expect(split.calibrate.isEmpty)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func partsAndPurgeAreAPartitionWithoutOverlap(seed: UInt64) throws {
    let intervals = try randomIntervals(seed: seed, count: 200)
    let rows = (0..<200).filter { ($0 + Int(seed)) % 5 != 0 }
    let split = ChronologicalSplit(
      of: intervals, among: rows, calibrateFrom: intervals.origins[100], testFrom: intervals.origins[150])
    #expect((split.train + split.calibrate + split.test + split.purged).sorted() == rows)
    #expect(split.purged == split.purged.sorted())
    #expect(Purge.overlapping(split.train, evaluating: split.calibrate + split.test, in: intervals).isEmpty)
    #expect(Purge.overlapping(split.calibrate, evaluating: split.test, in: intervals).isEmpty)
    let test = rows.filter { intervals.origins[$0] >= intervals.origins[150] }
    let later = rows.filter { intervals.origins[$0] >= intervals.origins[100] }
    #expect(split.test == test)
    let calibrate = later.filter { !test.contains($0) && !bruteForceMeets(intervals, $0, test) }
    #expect(split.calibrate == calibrate)
    #expect(split.train == rows.filter { !later.contains($0) && !bruteForceMeets(intervals, $0, later) })
  }
}
