internal import Foundation

/// A book as one would first write it.
struct PlainBook {
  var time: Int64
  var market: String
  var bids: [(price: Double, size: Double)] = []
  var asks: [(price: Double, size: Double)] = []

  var mid: Double? {
    guard let bid = bids.first, let ask = asks.first else { return nil }
    return (bid.price + ask.price) / 2
  }
}

/// Reads whole files of plain text: binned CSV split into strings, JSON lines through the standard decoder.
enum PlainReading {
  /// The books of all files in time order, then by market.
  static func books(in paths: [String]) throws -> [PlainBook] {
    try paths.flatMap { path in
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return path.hasSuffix(".csv") ? binned(text, path) : try canonical(text)
    }.sorted { ($0.time, $0.market) < ($1.time, $1.market) }
  }

  private static func binned(_ text: String, _ path: String) -> [PlainBook] {
    var books: [PlainBook] = []
    let market = String(URL(fileURLWithPath: path).lastPathComponent.prefix { $0 != "." })
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",")
      guard cells.count == 4, let seconds = Int64(cells[0]), let price = Double(cells[1]),
        let buy = Double(cells[2]), let sell = Double(cells[3])
      else { continue }
      let time = seconds * 1_000_000_000
      if books.last?.time != time { books.append(PlainBook(time: time, market: market)) }
      if buy > 0, price > 0 { books[books.count - 1].bids.append((price, buy)) }
      if sell > 0 { books[books.count - 1].asks.append((price, sell)) }
    }
    for index in books.indices {
      books[index].bids.sort { $0.price > $1.price }
      books[index].asks.sort { $0.price < $1.price }
    }
    return books
  }

  private struct Line: Decodable {
    let time: Int64
    let market: String
    let bids: [[Double]]
    let asks: [[Double]]
  }

  private static func canonical(_ text: String) throws -> [PlainBook] {
    let decoder = JSONDecoder()
    return try text.split(separator: "\n").map { text in
      let line = try decoder.decode(Line.self, from: Data(text.utf8))
      return PlainBook(
        time: line.time, market: line.market, bids: line.bids.map { ($0[0], $0[1]) },
        asks: line.asks.map { ($0[0], $0[1]) })
    }
  }
}

/// Reads every book the plain way.
func plainlyReadBooks(_ paths: [String]) throws -> PassResult {
  var result = PassResult()
  for book in try PlainReading.books(in: paths) { result.count(book) }
  return result
}

extension PassResult {
  /// Counts a book in.
  fileprivate mutating func count(_ book: PlainBook) {
    snapshots += 1
    for level in book.bids { fingerprint += level.price * level.size }
    for level in book.asks { fingerprint += level.price * level.size }
  }
}
