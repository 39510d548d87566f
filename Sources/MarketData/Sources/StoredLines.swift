/// The lines of one source, inflated where they are gzip data.
package struct StoredLines: ~Copyable {
  private var feed: ByteFeed
  private var splitter: LineSplitter
  private var isAtEnd = false

  /// Reads from the beginning of a source.
  package init(_ stored: consuming StoredBytes, limit: Int = LineSplitter.standardLimit) throws(SourceFailure) {
    feed = try ByteFeed(stored)
    splitter = LineSplitter(limit: limit)
  }

  /// The number of the line that `next` returned last; 0 before the first.
  package var number: Int { splitter.number }

  /// The next line, or nil at the end; its bytes are valid until the next call.
  package mutating func next() throws(SourceFailure) -> SplitLine? {
    while !isAtEnd {
      if let line = splitter.next() { return line }
      let count = try splitter.fill { (room) throws(SourceFailure) in try feed.read(into: room) }
      if count == 0 {
        isAtEnd = true
        return splitter.last()
      }
    }
    return nil
  }
}
