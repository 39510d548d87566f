import Foundation

/// A folder for the files of one test run, removed when the run ends.
package enum Scratch {
  private static let root: String = {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("shortfall-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: Scratch.root) }
    return path
  }()

  /// A path that no other test uses.
  package static func path(_ name: String) -> String { "\(root)/\(UUID().uuidString)-\(name)" }

  /// Writes a file of its own and returns its path.
  package static func file(_ name: String, _ bytes: some Collection<UInt8>) throws -> String {
    let path = path(name)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Writes a text file of its own and returns its path.
  package static func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }
}
