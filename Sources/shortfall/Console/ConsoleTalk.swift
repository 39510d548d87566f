import Foundation
import Logging
import Margining
import MarketData
import Markets
import Synchronization
import VenueFeeds
import Workflows

/// Talk on standard error: every notice, the first bad records by name, and progress where a person watches.
final class ConsoleTalk: Talk {
  private static let namedFaults = 10

  private let log: Logger?
  private let isWatched: Bool
  private let progressLine = Mutex((length: 0, next: ContinuousClock.now))

  /// Talks on standard error, or through a log, which has no line of progress.
  init(log: Logger? = nil) {
    self.log = log
    isWatched = log == nil && isatty(STDERR_FILENO) == 1
  }

  func rejected(_ fault: RecordFault, count: Int) {
    if count <= Self.namedFaults { say("rejected \(fault)") }
    if count == Self.namedFaults + 1 { say("further rejected records are counted, not named") }
  }

  func damaged(_ failure: SourceFailure) { say("\(failure); the rest of this file is left out") }

  func progress(snapshots: Int, upTo time: Timestamp) {
    guard isWatched else { return }
    progressLine.withLock { line in
      guard ContinuousClock.now >= line.next else { return }
      line.next = .now + .milliseconds(100)
      let text = "read \(snapshots) snapshots, up to \(time)"
      StandardError.write("\r" + text + String(repeating: " ", count: max(0, line.length - text.count)))
      line.length = text.count
    }
  }

  func finished(snapshots: Int, rejected: Int) {
    say("read \(snapshots) snapshots" + (rejected == 0 ? "" : ", rejected \(rejected) records"))
  }

  func notHeard(_ unheard: VenueNotHeard) {
    if let log { return log.warn(unheard) }
    say("warning: \(unheard.words) lines=\(unheard.lineCount) venue=\(unheard.venue.rawValue)")
  }

  func step(_ text: String) { say(text) }

  /// Names the markets of accounts that nothing was said of.
  func name(_ accounts: Accounts?, outside markets: [MarketName]) {
    let unknown = (accounts?.markets ?? []).filter { !markets.contains($0) }
    if !unknown.isEmpty { say("no margin concerns the accounts in \(unknown.map(\.text).joined(separator: ", "))") }
  }

  /// Writes one line, after clearing a progress line.
  func say(_ text: String) {
    if let log { return log.info("\(text)") }
    progressLine.withLock { line in
      if line.length > 0 { StandardError.write("\r" + String(repeating: " ", count: line.length) + "\r") }
      line.length = 0
      StandardError.write("shortfall: \(text)\n")
    }
  }
}
