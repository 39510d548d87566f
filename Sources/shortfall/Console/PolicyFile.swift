import Configuration
import Margining
import Markets

/// The margin policy that a command is given.
enum PolicyFile {
  static func policy(_ path: String) throws -> MarginPolicy {
    try MarginPolicy(yaml: try InputFile.text(path), file: path)
  }

  /// The curve of a policy, or the standard one when none is named.
  static func curve(_ path: String?) throws -> MultiplierCurve {
    if let path { return try policy(path).settings.curve }
    return .standard
  }
}
