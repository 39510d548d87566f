/// The content of one source: its bytes, inflated where they are gzip data.
struct ByteFeed: ~Copyable, Sendable {
  private var stored: StoredBytes
  private var inflater: Inflater?
  private var first: [UInt8]

  /// Reads the first bytes, which tell whether the source is compressed.
  init(_ stored: consuming StoredBytes) throws(SourceFailure) {
    var stored = stored
    var first = try stored.readSome()
    if first.count == 1 { first += try stored.readSome() }
    if Inflater.isGzip(first) {
      inflater = Inflater(first: first)
      self.first = []
    } else {
      inflater = nil
      self.first = first
    }
    self.stored = stored
  }

  var path: String { stored.path }
  var digest: FileDigest { stored.digest }

  /// Fills a part of `room` and returns its length; 0 means the end.
  mutating func read(into room: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    if inflater != nil { return try inflater?.read(into: room, from: &stored) ?? 0 }
    if first.isEmpty { return try stored.read(into: room) }
    let count = min(room.count, first.count)
    first.withUnsafeBytes { room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    first.removeFirst(count)
    return count
  }
}
