internal import MarketData
internal import Markets
internal import VenueFeeds

/// The lines of a venue's files, merged by receive time in bounded memory.
///
/// Lines of one time come in the order of the files, and those of one file in their own. Files whose lines say no times
/// come one after another. A file is open only while its turn lasts.
struct VenueLines {
  private struct Turn {
    let time: Timestamp
    let file: Int

    static func < (first: Turn, second: Turn) -> Bool { (first.time, first.file) < (second.time, second.file) }
  }

  private let files: [VenueFile]
  /// The files whose turns come, the next one last.
  private var turns: [Turn] = []
  /// The file whose line was given last.
  private var current: Int?

  /// Opens files, and for a folder those in it in name order.
  init(paths: [String], venue: Venue) throws(SourceFailure) {
    var files: [VenueFile] = []
    for path in try FileSearch.files(at: paths) { files.append(try VenueFile(path: path, venue: venue)) }
    self.files = files
    for index in files.indices { insert(index) }
  }

  /// The file whose next line has its turn; nil at the end.
  ///
  /// The line is valid until the next call.
  ///
  /// - Throws: `SourceFailure` when a file cannot be read on; the others can.
  mutating func next() throws(SourceFailure) -> VenueFile? {
    while true {
      if let file = current {
        current = nil
        try files[file].moveOn()
        if files[file].line != nil { insert(file) }
      }
      guard let turn = turns.popLast() else { return nil }
      current = turn.file
      // A file that was not read yet is moved on to its first line, which then has its turn.
      if files[turn.file].line != nil { return files[turn.file] }
    }
  }

  /// - Complexity: O(1) while one file's turn lasts, and O(files) of small values at most.
  private mutating func insert(_ file: Int) {
    let turn = Turn(time: files[file].time, file: file)
    var low = 0
    var high = turns.count
    while low < high {
      let middle = low + (high - low) / 2
      if turn < turns[middle] { low = middle + 1 } else { high = middle }
    }
    turns.insert(turn, at: low)
  }
}
