/// Why a configuration file is refused: the file, the line, the setting and the reason.
public struct ConfigurationFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named.
  public let file: String
  /// The line in it, 1 for the first; nil when the whole file is at fault.
  public let line: Int?
  /// The setting's path, such as `task.horizon`; empty for the whole file.
  public let setting: String
  /// What is wrong, in words.
  public let reason: String

  /// The fault as `file:line: setting: reason`.
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return setting.isEmpty ? "\(place): \(reason)" : "\(place): \(setting): \(reason)"
  }
}
