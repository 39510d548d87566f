import Checkpoints
import DequeModule
import Markets

/// The recent snapshots of one market with running totals, from which any open horizon is counted in O(1).
///
/// Only the newest snapshot and those in force where a horizon starts are kept; the totals count the rest.
///
/// Invariant: readings are in time order. Totals are differences of running sums in wrapping arithmetic, exact as long
/// as the difference itself is representable.
struct BookHistory: Sendable {
  private var readings: Deque<Reading> = []

  /// One snapshot and the totals up to it.
  fileprivate struct Reading: Sendable {
    var time: Timestamp
    /// Whether each side is in shortfall; nil when the depth is unknown.
    var state: BySide<Bool>?
    var hasExecution: Bool
    /// The state's running totals, this snapshot counted.
    var snapshots = 0
    var snapshotsBelow = BySide(sell: 0, buy: 0)
    var snapshotsUnknown = 0
    var executionsUnknown = 0
    /// Nanoseconds in each state before this snapshot.
    var timeBelow = BySide<Int64>(sell: 0, buy: 0)
    var timeUnknown: Int64 = 0

    func timeBelow(on side: LiquidationSide, until end: Timestamp) -> Int64 {
      timeBelow[side] &+ (state?[side] == true ? held(until: end) : 0)
    }

    func timeUnknown(until end: Timestamp) -> Int64 {
      timeUnknown &+ (state == nil ? held(until: end) : 0)
    }

    private func held(until end: Timestamp) -> Int64 { end.nanoseconds &- time.nanoseconds }
  }

  /// The time of the newest snapshot.
  var lastTime: Timestamp? { readings.last?.time }

  /// The number of snapshots in memory.
  var count: Int { readings.count }

  /// Takes in the next snapshot.
  ///
  /// - Parameter latestStart: The latest start, before `time`, of a horizon that is still open; the snapshot in force then
  ///   is kept.
  mutating func append(time: Timestamp, state: BySide<Bool>?, hasExecution: Bool, latestStart: Timestamp?) {
    var reading = Reading(time: time, state: state, hasExecution: hasExecution)
    if let last = readings.last {
      reading.timeBelow = BySide { last.timeBelow(on: $0, until: time) }
      reading.timeUnknown = last.timeUnknown(until: time)
      reading.snapshots = last.snapshots
      reading.snapshotsBelow = last.snapshotsBelow
      reading.snapshotsUnknown = last.snapshotsUnknown
      reading.executionsUnknown = last.executionsUnknown
    }
    reading.snapshots &+= 1
    reading.snapshotsUnknown &+= state == nil ? 1 : 0
    reading.executionsUnknown &+= hasExecution ? 0 : 1
    for side in LiquidationSide.allCases where state?[side] == true { reading.snapshotsBelow[side] &+= 1 }
    if let last = readings.last, !(latestStart.map { $0 >= last.time } ?? false) { readings.removeLast() }
    readings.append(reading)
  }

  /// Forgets what no horizon that starts at `start` or later needs, keeping the snapshot in force at `start`.
  mutating func forget(before start: Timestamp) {
    while readings.count > 1, readings[1].time <= start { readings.removeFirst() }
  }

  /// Forgets all but the newest snapshot.
  mutating func forgetPast() {
    if readings.count > 1 { readings.removeFirst(readings.count - 1) }
  }

  /// The counts of the horizon `(start, end]`; nil before the first snapshot.
  ///
  /// Asks for a history forgotten up to `start`, whose newest snapshot is not after `end`.
  func tally(after start: Timestamp, through end: Timestamp) -> HorizonTally? {
    guard let base = readings.first, let last = readings.last else { return nil }
    return HorizonTally(
      snapshots: last.snapshots &- base.snapshots,
      snapshotsBelow: BySide { last.snapshotsBelow[$0] &- base.snapshotsBelow[$0] },
      snapshotsUnknown: last.snapshotsUnknown &- base.snapshotsUnknown,
      executionsUnknown: last.executionsUnknown &- base.executionsUnknown,
      timeBelow: BySide { last.timeBelow(on: $0, until: end) &- base.timeBelow(on: $0, until: start) },
      timeUnknown: last.timeUnknown(until: end) &- base.timeUnknown(until: start))
  }
}

/// What one horizon `(start, end]` held.
struct HorizonTally: Sendable {
  /// Snapshots inside.
  let snapshots: Int
  /// Snapshots inside with depth below the threshold.
  let snapshotsBelow: BySide<Int>
  /// Snapshots inside whose depth is unknown.
  let snapshotsUnknown: Int
  /// Snapshots inside whose execution is unknown.
  let executionsUnknown: Int
  /// Nanoseconds with depth below the threshold, each state held until the next snapshot.
  let timeBelow: BySide<Int64>
  /// Nanoseconds with unknown depth.
  let timeUnknown: Int64
}

extension BookHistory: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(deque: &readings)
  }
}

extension BookHistory.Reading: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    time = try Timestamp(from: &archive)
    state = try BySide<Bool>?(from: &archive)
    hasExecution = try Bool(from: &archive)
    snapshots = try Int(from: &archive)
    snapshotsBelow = try BySide<Int>(from: &archive)
    snapshotsUnknown = try Int(from: &archive)
    executionsUnknown = try Int(from: &archive)
    timeBelow = try BySide<Int64>(from: &archive)
    timeUnknown = try Int64(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    time.write(to: &archive)
    state.write(to: &archive)
    hasExecution.write(to: &archive)
    snapshots.write(to: &archive)
    snapshotsBelow.write(to: &archive)
    snapshotsUnknown.write(to: &archive)
    executionsUnknown.write(to: &archive)
    timeBelow.write(to: &archive)
    timeUnknown.write(to: &archive)
  }
}
