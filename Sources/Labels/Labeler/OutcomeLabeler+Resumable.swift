package import Checkpoints
import Markets

extension OutcomeLabeler: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(deque: &origins)
    try archive.exchange(&history)
    try archive.exchange(&executions)
    try archive.exchange(&gaps)
    try archive.exchange(&startedCount)
    try archive.exchange(&latestStart)
    guard startedCount >= 0, startedCount <= origins.count else { throw StateFault("more horizons began than wait") }
  }
}

extension OutcomeLabeler.Origin: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    time = try Timestamp(from: &archive)
    market = try MarketName(from: &archive)
    mid = try Double?(from: &archive)
    state = try BySide<Bool>?(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    time.write(to: &archive)
    market.write(to: &archive)
    mid.write(to: &archive)
    state.write(to: &archive)
  }
}
