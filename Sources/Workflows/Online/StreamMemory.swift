internal import Checkpoints

/// All that a stream's future answers depend on beside the settings.
struct StreamMemory: Sendable {
  var leaps: LeapGuard
  var scorer: OnlineScorer
  var reader: StreamReader
  var followers: StreamFollowers
}

extension StreamMemory: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&leaps)
    try archive.exchange(&scorer)
    try archive.exchange(&reader)
    try archive.exchange(&followers)
  }
}
