/// Why a text is not a model that can be read, and where.
public struct LightGBMFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as the reader was told.
  public let file: String
  /// The line, counted from 1.
  public let line: Int
  /// The field of the line, such as `threshold`.
  public let field: String
  /// What is wrong with it.
  public let reason: String

  /// The fault in one line.
  public var description: String { "\(file):\(line): \(field): \(reason)" }
}
