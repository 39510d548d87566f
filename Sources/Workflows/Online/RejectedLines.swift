internal import Foundation
internal import MarketData
internal import Reporting

/// Lines of a stream that could not be read, as one JSON line for each fault, until they are taken.
public struct RejectedLines: Sendable {
  /// The most bytes of a line that are kept.
  public static let limit = 1 << 20

  private var lines: [UInt8] = []

  /// Creates an empty store.
  public init() {}

  /// Takes what was added since the last time.
  public mutating func take() -> [UInt8] {
    let taken = lines
    lines = []
    return taken
  }

  /// Adds a line.
  mutating func add(_ line: InputLine, number: Int, _ fault: FieldFault) {
    var record = JSONLine()
    record.add("line", number)
    record.add("field", fault.field)
    record.add("reason", fault.reason)
    if case .bytes(let bytes) = line {
      let kept = bytes.prefix(Self.limit)
      if let text = String(validating: kept, as: UTF8.self) {
        record.add("text", text)
      } else {
        record.add("base64", Data(kept).base64EncodedString())
      }
      if kept.count < bytes.count { record.add("length", bytes.count) }
    }
    lines += record.line()
  }
}
