internal import MarketData
package import Markets

extension Venue {
  /// When a line was received, where the line itself says so; nil otherwise and for lines that cannot be read.
  ///
  /// Tardis rows say it in their fourth column.
  package func receiveTime(of line: UnsafeRawBufferPointer) -> Timestamp? {
    switch self {
    case .lobster: return nil
    case .tardisIncremental:
      guard let microseconds = try? CSVRow(line).integer(3, "local_timestamp") else { return nil }
      let (nanoseconds, overflow) = microseconds.multipliedReportingOverflow(by: 1_000)
      return overflow ? nil : Timestamp(nanoseconds: nanoseconds)
    default:
      guard case .message(_, let received, _)? = try? LineEnvelope.open(line) else { return nil }
      return received
    }
  }
}
