/// A setting of a linear model that cannot be used.
public struct LinearModelFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the setting.
  public let setting: String
  /// Why it cannot be used.
  public let reason: String

  /// Creates a fault.
  public init(setting: String, reason: String) {
    self.setting = setting
    self.reason = reason
  }

  /// The fault in words.
  public var description: String { "\(setting): \(reason)" }
}
