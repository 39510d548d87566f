/// Decodes one file, batch by batch.
package struct FileDecoder: ~Copyable, Sendable {
  /// How a batch left the file.
  package enum Progress: Sendable {
    /// There is more to decode.
    case unfinished
    /// The file ended; here is what it consisted of.
    case finished(FileDigest)
    /// The file cannot be read on.
    case failed(SourceFailure)
  }

  /// The format of the file.
  package let format: BookFormat
  private let path: String
  private var feed: ByteFeed
  private var splitter: LineSplitter
  private var decoder: any RecordDecoder

  /// Opens a file and finds out its format, unless it is given.
  package init(path: String, format: BookFormat? = nil) throws(SourceFailure) {
    try self.init(StoredBytes(path: path), format: format)
  }

  /// Reads the first line of stored bytes and finds out their format, unless it is given.
  package init(
    _ stored: consuming StoredBytes, format: BookFormat? = nil, lineLimit: Int = LineSplitter.standardLimit
  ) throws(SourceFailure) {
    var feed = try ByteFeed(stored)
    var splitter = LineSplitter(limit: lineLimit)
    let first = try Self.firstLine(of: &feed, &splitter)
    let path = feed.path
    let found: BookFormat
    if let format { found = format } else { found = try BookFormat(firstLine: first, path: path) }
    let decoder = try Self.decoder(for: found, firstLine: first, path: path)
    if found != .canonical { _ = splitter.next() ?? splitter.last() }
    self.format = found
    self.path = path
    self.decoder = decoder
    self.feed = feed
    self.splitter = splitter
  }

  private static func decoder(
    for format: BookFormat, firstLine: String, path: String
  ) throws(SourceFailure) -> any RecordDecoder {
    switch format {
    case .canonical: return CanonicalDecoder(path: path)
    case .tardis: return TardisDecoder(path: path, columns: try TardisColumns(header: firstLine, path: path))
    case .binned:
      if firstLine != BinnedDecoder.header {
        throw .malformedHeader(path: path, format: .binned, reason: "it is not '\(BinnedDecoder.header)'")
      }
      return try BinnedDecoder(path: path)
    }
  }

  /// Decodes until the batch holds that many records, or as many levels as are kept at a time, or the file ends.
  package mutating func decode(
    atMost limit: Int = DecodedBatch.standardLimit
  ) -> (batch: DecodedBatch, progress: Progress) {
    var batch = DecodedBatch(limit: limit)
    while true {
      decoder.decodeLines(of: &splitter, path: path, into: &batch)
      if batch.isFull { return (batch, .unfinished) }
      do throws(SourceFailure) {
        if try Self.fill(&splitter, from: &feed) > 0 { continue }
      } catch {
        return (batch, .failed(error))
      }
      if let line = splitter.last() {
        decoder.decode(line, number: splitter.number, path: path, into: &batch)
      }
      decoder.finish(into: &batch)
      return (batch, .finished(feed.digest))
    }
  }

  /// The first line, or its first 64 KiB, without taking it; a byte order mark is dropped.
  private static func firstLine(
    of feed: inout ByteFeed, _ splitter: inout LineSplitter
  ) throws(SourceFailure) -> String {
    while splitter.pending.count < 1 << 16, !splitter.pending.contains(Ascii.lineFeed) {
      if try fill(&splitter, from: &feed) == 0 { break }
    }
    if splitter.pending.starts(with: [0xEF, 0xBB, 0xBF]) { splitter.drop(3) }
    let line = splitter.pending.prefix(1 << 16).prefix { $0 != Ascii.lineFeed }
    let text = String(decoding: line, as: UTF8.self)
    return text.hasSuffix("\r") ? String(text.dropLast()) : text
  }

  private static func fill(_ splitter: inout LineSplitter, from feed: inout ByteFeed) throws(SourceFailure) -> Int {
    try splitter.fill { (room) throws(SourceFailure) in try feed.read(into: room) }
  }
}

extension BookFormat {
  /// Finds out a format by the first line of a file.
  init(firstLine: String, path: String) throws(SourceFailure) {
    let start = firstLine.drop { $0 == " " || $0 == "\t" }
    if start.hasPrefix("{") {
      self = .canonical
    } else if firstLine == BinnedDecoder.header {
      self = .binned
    } else if TardisColumns.areNamed(in: firstLine) {
      self = .tardis
    } else {
      let excerpt = Array(firstLine.utf8.prefix(200)).withUnsafeBytes { ByteScanner($0).excerpt(from: 0) }
      throw .unknownFormat(path: path, firstLine: excerpt)
    }
  }
}
