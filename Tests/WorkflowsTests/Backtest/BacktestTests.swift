import Backtesting
import Configuration
import Foundation
import Markets
import Reporting
import TestRecordings
import Testing
import Workflows

@Suite("The back-test of recorded books")
struct BacktestTests {
  private static let from = SimulatedBooks.split

  private static func configuration() throws -> TrainingConfiguration {
    try TrainingConfiguration(yaml: SimulatedBooks.closeOutTraining(), file: "close-out.yaml")
  }

  /// A back-test of the last days, up to an instant.
  private static func report(to end: Timestamp = .distantFuture) throws -> BacktestReport {
    try BacktestRun(.retrained(try configuration(), every: .hours(24))).report(from: from, to: end) { end in
      try Recording(paths: [SimulatedBooks.file], to: end)
    }
  }

  private static let whole = Result { try report() }

  @Test("Every judged snapshot's side has a margin of every policy, and nothing before the judged instant is judged")
  func rows() throws {
    let report = try Self.whole.get()
    #expect(report.provenance == .simulated)
    #expect(report.setting.target == 0.95)
    #expect(report.series.count == 6)
    for series in report.series {
      #expect(series.times.allSatisfy { $0 >= Self.from })
      #expect(series.margins.count == report.policies.count)
      for margins in series.margins {
        #expect(margins.count == series.times.count)
        #expect(margins.allSatisfy { $0 > 0 && $0.isFinite })
      }
    }
    let books = SimulatedBooks.snapshots.filter { $0.time >= Self.from && $0.book.mid != nil }
    #expect(report.setting.snapshots == books.count)
  }

  /// What policies asked of the first day must not know that there were two more.
  @Test("Books of the future change no margin of the past")
  func causality() throws {
    let end = Self.from + .days(1)
    let (short, long) = (try Self.report(to: end), try Self.whole.get())
    for (early, late) in zip(short.series, long.series) {
      #expect(early.times == Array(late.times.prefix(early.times.count)))
      #expect(early.times.count > 100)
      for (left, right) in zip(early.margins, late.margins) {
        #expect(left == Array(right.prefix(left.count)))
      }
    }
  }

  @Test("The same books give the same report")
  func determinism() throws {
    #expect(try BacktestText(try Self.report()).json() == BacktestText(try Self.whole.get()).json())
  }

  @Test("Each table says SIMULATED, and the report comes back from its JSON")
  func text() throws {
    let report = try Self.whole.get()
    let text = BacktestText(report).text()
    #expect(text.split(separator: "SIMULATED · ").count == 11)
    let json = try BacktestText(report).json()
    let read = try JSONDecoder().decode(BacktestReport.self, from: Data(json.utf8))
    #expect(try BacktestText(read).json() == json)
    let lines = BacktestText(report).csv().split(separator: "\n")
    #expect(lines.count == 1 + report.series.reduce(0) { $0 + $1.times.count })
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("SIMULATED,") })
  }

  @Test("A configuration without close-out quantiles is refused")
  func withoutQuantiles() throws {
    let plain = try TrainingConfiguration(yaml: SimulatedBooks.training(), file: "plain.yaml")
    #expect(throws: BacktestFailure.self) { try BacktestRun(.retrained(plain, every: .hours(24))) }
  }

  @Test(arguments: [0, -1, 1.5, .nan])
  func aStepOutOfRangeIsRefused(step: Double) throws {
    #expect(throws: BacktestFailure.self) {
      try BacktestRun(.retrained(try Self.configuration(), every: .hours(24)), adaptationStep: step)
    }
  }
}
