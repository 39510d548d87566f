internal import Foundation
public import MarketData
internal import Markets

/// Writes a simulated recording, and the true regimes beside it.
public enum WriteSimulation {
  /// What was written.
  public struct Summary: Sendable {
    /// The number of snapshots.
    public let snapshots: Int
    /// The file of the books.
    public let books: String
    /// The file of the regimes.
    public let regimes: String
  }

  private static let chunkSize = 1 << 20

  /// Writes `books/simulated.jsonl.gz` and `regimes.csv` into a directory, which is created when it is missing.
  ///
  /// The regimes have a line `time,market,regime` whenever a market's regime changes; it holds until the market's next.
  ///
  /// - Throws: `OutputFailure`.
  public static func run(_ configuration: SimulationConfiguration, to directory: String) throws(OutputFailure)
    -> Summary
  {
    let summary = {
      Summary(snapshots: $0, books: directory + "/books/simulated.jsonl.gz", regimes: directory + "/regimes.csv")
    }
    var books = try OutputStream(path: summary(0).books)
    var regimes = try OutputStream(path: summary(0).regimes)
    var deflater = Deflater()
    let writer = CanonicalLineWriter()
    var lines: [UInt8] = []
    var current: [MarketName: SimulatedRegime] = [:]
    var snapshots = 0
    regimes.buffer.append(contentsOf: "time,market,regime\n".utf8)
    for simulated in SimulatedMarkets(configuration: configuration) {
      let (time, market) = (simulated.snapshot.time, simulated.snapshot.market)
      writer.append(simulated.snapshot, to: &lines)
      if current.updateValue(simulated.regime, forKey: market) != simulated.regime {
        regimes.buffer.append(contentsOf: "\(time),\(market),\(simulated.regime.rawValue)\n".utf8)
      }
      snapshots += 1
      if lines.count >= chunkSize {
        deflater.write(lines, to: &books.buffer)
        lines.removeAll(keepingCapacity: true)
        try books.flush()
      }
    }
    deflater.write(lines, to: &books.buffer)
    deflater.finish(to: &books.buffer)
    try books.flush()
    try regimes.flush()
    return summary(snapshots)
  }

  private struct OutputStream {
    var buffer: [UInt8] = []
    private let path: String
    private let handle: FileHandle

    init(path: String) throws(OutputFailure) {
      self.path = path
      let url = URL(fileURLWithPath: path)
      do {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: url)
        handle = try FileHandle(forWritingTo: url)
      } catch {
        throw OutputFailure(path: path, reason: String(cString: strerror(errno)))
      }
    }

    mutating func flush() throws(OutputFailure) {
      do {
        try handle.write(contentsOf: Data(buffer))
      } catch {
        throw OutputFailure(path: path, reason: String(cString: strerror(errno)))
      }
      buffer.removeAll(keepingCapacity: true)
    }
  }
}

/// A file that could not be written.
public struct OutputFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The system's reason.
  public let reason: String

  /// The failure in one sentence.
  public var description: String { "\(path): cannot write: \(reason)" }
}
