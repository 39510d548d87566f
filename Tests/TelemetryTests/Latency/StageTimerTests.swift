import Synchronization
import Telemetry
import Testing

@Suite("The timer of stages")
struct StageTimerTests {
  /// A clock that a test sets.
  private final class Hands: Sendable {
    private let time = Mutex<UInt64>(1_000)
    func advance(by nanoseconds: UInt64) { time.withLock { $0 += nanoseconds } }
    func turnBack(by nanoseconds: UInt64) { time.withLock { $0 -= nanoseconds } }
    var now: UInt64 { time.withLock { $0 } }
  }

  private let hands = Hands()

  private func timer() -> StageTimer { StageTimer { [hands] in hands.now } }

  private func greatest(_ latencies: StageLatencies, _ stage: Stage) -> UInt64? {
    latencies[stage].quantiles.last?.nanoseconds
  }

  @Test("gives each stage the time since the one before it, and none for waiting")
  func stages() {
    var timer = timer()
    hands.advance(by: 1_000_000)
    timer.receive()
    for (stage, time) in [(Stage.read, 10), (.parse, 20), (.features, 30), (.score, 40)] as [(Stage, UInt64)] {
      hands.advance(by: time)
      timer.finish(stage)
    }
    hands.advance(by: 50)
    timer.finishLines(1)
    let latencies = timer.takeLatest()
    for (stage, time) in [
      (Stage.read, 10), (.parse, 20), (.features, 30), (.score, 40), (.write, 50), (.line, 150),
    ] as [(Stage, UInt64)] {
      #expect(greatest(latencies, stage) == time)
      #expect(latencies[stage].count == 1)
    }
  }

  @Test("counts every line of a batch from when the batch was received")
  func batch() {
    var timer = timer()
    timer.receive()
    hands.advance(by: 500)
    timer.finishLines(8)
    let latencies = timer.takeLatest()
    #expect(latencies[.write].count == 1)
    #expect(latencies[.line].count == 8)
    #expect(greatest(latencies, .line) == 500)
    #expect(latencies[.line].totalSeconds == 8 * 500 / 1e9)
  }

  @Test("tells the latest latencies from all")
  func intervals() {
    var timer = timer()
    for time in [100, 300] as [UInt64] {
      timer.begin()
      hands.advance(by: time)
      timer.finish(.parse)
      #expect(greatest(timer.takeLatest(), .parse) == time)
    }
    #expect(timer.takeLatest()[.parse].count == 0)
    #expect(timer.all[.parse].count == 2)
    #expect(greatest(timer.all, .parse) == 300)
    timer.begin()
    hands.advance(by: 200)
    timer.finish(.parse)
    #expect(timer.all[.parse].count == 3)
  }

  @Test("takes a clock that goes back for one that stands still")
  func clockBack() {
    var timer = timer()
    timer.receive()
    hands.turnBack(by: 10)
    timer.finish(.read)
    hands.turnBack(by: 10)
    timer.finishLines(2)
    #expect(greatest(timer.all, .read) == 0)
    #expect(greatest(timer.all, .line) == 0)
  }
}
