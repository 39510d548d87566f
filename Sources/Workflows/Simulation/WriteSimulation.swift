internal import Foundation
public import MarketData
internal import Markets

/// Writes a simulated recording, and the true regimes beside it.
public enum WriteSimulation {
  /// What was written.
  public struct Summary: Sendable {
    /// The number of snapshots.
    public let snapshots: Int
    /// The number of markets.
    public let markets: Int
  }

  private static let chunkSize = 1 << 20

  /// Writes `books.jsonl` and `regimes.csv` into a directory, which is created when it is missing.
  ///
  /// The regimes have a line `time,market,regime` for each snapshot, in the order of the books.
  public static func run(_ configuration: SimulationConfiguration, to directory: String) throws -> Summary {
    var simulation = SimulatedMarkets(configuration: configuration)
    var books = try OutputStream(directory: directory, name: "books.jsonl")
    var regimes = try OutputStream(directory: directory, name: "regimes.csv")
    let writer = CanonicalLineWriter()
    var snapshots = 0
    regimes.buffer.append(contentsOf: "time,market,regime\n".utf8)
    while let simulated = simulation.next() {
      writer.append(simulated.snapshot, to: &books.buffer)
      let line = "\(simulated.snapshot.time),\(simulated.snapshot.market),\(simulated.regime.rawValue)\n"
      regimes.buffer.append(contentsOf: line.utf8)
      snapshots += 1
      if books.buffer.count >= chunkSize { try books.flush() }
      if regimes.buffer.count >= chunkSize { try regimes.flush() }
    }
    try books.flush()
    try regimes.flush()
    return Summary(snapshots: snapshots, markets: configuration.instruments.count)
  }

  private struct OutputStream {
    var buffer: [UInt8] = []
    private let path: String
    private let handle: FileHandle

    init(directory: String, name: String) throws(OutputFailure) {
      path = directory + "/" + name
      do {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: path))
        handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      } catch {
        throw OutputFailure(path: path, reason: error.localizedDescription)
      }
    }

    mutating func flush() throws(OutputFailure) {
      do {
        try handle.write(contentsOf: Data(buffer))
      } catch {
        throw OutputFailure(path: path, reason: error.localizedDescription)
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
