/// A part of the way from a line to its answer.
public enum Stage: Int, CaseIterable, Sendable {
  /// The line is taken out of what was received.
  case read
  /// It is read as a book, or as a change that makes a book.
  case parse
  /// The features of the book are computed.
  case features
  /// The model scores them, and what goes along with the stream follows.
  case score
  /// The answer is put into words.
  case answer
  /// Answers are written.
  case write
  /// All of it, from the moment when the line was received: lines that wait for others received with them wait here.
  case line

  /// What the stage is called.
  public var name: String { "\(self)" }
}

/// Times the stages of a stream of lines by a clock that it is given.
///
/// A stage begins where the one before it ended, or where `begin` says. In memory: two histograms for each stage, 3 MB.
public struct StageTimer: Sendable {
  /// A clock that never goes back, in nanoseconds.
  public typealias Clock = @Sendable () -> UInt64

  private let clock: Clock
  private var stageBegin: UInt64 = 0
  private var arrival: UInt64 = 0
  private var latest = [LatencyHistogram](repeating: LatencyHistogram(), count: Stage.allCases.count)
  private var earlier = [LatencyHistogram](repeating: LatencyHistogram(), count: Stage.allCases.count)

  /// Creates a timer without latencies.
  public init(clock: @escaping Clock) { self.clock = clock }

  /// Begins a stage now, whatever was before it.
  public mutating func begin() { stageBegin = clock() }

  /// Begins the first stage of lines that have come now.
  public mutating func receive() {
    arrival = clock()
    stageBegin = arrival
  }

  /// Ends a stage and begins the next.
  public mutating func finish(_ stage: Stage) {
    let now = clock()
    latest[stage.rawValue].record(now &- min(stageBegin, now))
    stageBegin = now
  }

  /// Ends the writing of the answers to `count` lines, all of which were received together.
  public mutating func finishLines(_ count: Int) {
    let now = clock()
    latest[Stage.write.rawValue].record(now &- min(stageBegin, now))
    latest[Stage.line.rawValue].record(now &- min(arrival, now), count: count)
    stageBegin = now
  }

  /// The latencies since this was asked last.
  public mutating func takeLatest() -> StageLatencies {
    defer {
      for index in latest.indices {
        earlier[index].add(latest[index])
        latest[index].reset()
      }
    }
    return StageLatencies(summaries: latest.map(\.summary))
  }

  /// All latencies.
  public var all: StageLatencies {
    StageLatencies(
      summaries: zip(earlier, latest).map { earlier, latest in
        var all = earlier
        all.add(latest)
        return all.summary
      })
  }
}

/// What the latencies of each stage are like.
public struct StageLatencies: Sendable {
  let summaries: [LatencySummary]

  /// What one stage's latencies are like.
  public subscript(stage: Stage) -> LatencySummary { summaries[stage.rawValue] }
}
