import Foundation
import MarketData
import Markets
import TestRecordings
import VenueFeeds

/// One recorded line.
struct CapturedLine {
  /// When the recorder noted it, in seconds; orders the files of one capture.
  let order: Double
  let bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Recorded lines of one venue.
enum Captures {
  /// The lines of files that were recorded side by side, in the order of their receive times.
  static func lines(_ names: [String], in folder: String = RecordedData.venues) throws -> [CapturedLine] {
    var lines: [CapturedLine] = []
    for name in names {
      var order = 0.0
      for bytes in try contents(of: "\(folder)/\(name)") where !bytes.isEmpty {
        order = receiveOrder(bytes) ?? order
        lines.append(CapturedLine(order: order, bytes: bytes))
      }
    }
    return names.count == 1 ? lines : lines.sorted { $0.order < $1.order }
  }

  /// The lines of a file, inflated; a JSON document of several lines becomes one.
  static func contents(of path: String) throws -> [[UInt8]] {
    if path.hasSuffix(".json") {
      let document = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      return [document.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }]
    }
    if path.hasSuffix(".zip") {
      let archive = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      return storedMember(of: archive).split(separator: UInt8(ascii: "\n")).map(Array.init)
    }
    var reader = try StoredLines(StoredBytes(path: path))
    var lines: [[UInt8]] = []
    while let line = try reader.next() {
      if case .complete(let bytes) = line { lines.append(Array(bytes)) }
    }
    return lines
  }

  /// The seconds in `1633998512.06: …`, `… -> 1633998512.06: …` and `… <-> 1633998512.06`.
  private static func receiveOrder(_ bytes: [UInt8]) -> Double? {
    let head = String(decoding: bytes.prefix(4_096), as: UTF8.self)
    let words = head.split(separator: " ", maxSplits: 3)
    for word in words.prefix(3) {
      if let seconds = Double(word.hasSuffix(":") ? word.dropLast() : word) { return seconds }
    }
    return nil
  }

  /// The first file of a zip archive that does not compress it.
  private static func storedMember(of archive: [UInt8]) -> ArraySlice<UInt8> {
    func number(_ start: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(archive[start + $1]) << (8 * $1) }
    }
    let start = 30 + number(26, 2) + number(28, 2)
    return archive[start..<start + number(22, 4)]
  }
}

/// What a feed said of some lines.
struct Tally {
  var books = 0
  var trades = 0
  var quotes = 0
  var figures = 0
  var liquidations = 0
  var ignored: [String: Int] = [:]
  var rejected: [FieldFault] = []
  var invalid: [InvalidBook] = []
  /// The last book of each market.
  var latest: [MarketName: OrderBook] = [:]

  /// Books that were lost after they had been shown.
  var losses: [InvalidBook] { invalid.filter { $0.reason != .awaitingSnapshot } }

  mutating func observe(_ events: [VenueEvent]) {
    for event in events {
      switch event {
      case .book(let snapshot):
        books += 1
        latest[snapshot.market] = snapshot.book
      case .invalid(let book):
        invalid.append(book)
        latest[book.market] = nil
      case .trade: trades += 1
      case .quote: quotes += 1
      case .figure: figures += 1
      case .liquidation: liquidations += 1
      case .ignored(let name): ignored[name, default: 0] += 1
      case .rejected(let fault): rejected.append(fault)
      }
    }
  }
}
