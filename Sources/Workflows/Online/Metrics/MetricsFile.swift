internal import ModelStore
public import Telemetry

/// A file of metrics for the node exporter's textfile collector, in which there is always a whole sheet.
public struct MetricsFile: Sendable {
  /// Why a sheet could not be written.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, what was tried and why it failed, in words.
    public let description: String
  }

  /// Where it lies.
  public let path: String

  /// Names a file; the collector reads names that end with `.prom`.
  public init(path: String) { self.path = path }

  /// Replaces the file in one step.
  public func write(_ sheet: MetricSheet) throws(Failure) {
    // In the same folder, or a rename would not be one step; and not ending with '.prom', or it would be collected.
    let incoming = path + ".incoming"
    do {
      try DurableFile.write(Array(sheet.text.utf8), to: incoming)
      try DurableFile.rename(incoming, to: path)
    } catch {
      throw Failure(description: error.description)
    }
  }
}
