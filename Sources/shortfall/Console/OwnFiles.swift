import ArgumentParser
import Foundation

/// Files of a stream that must not be one another's.
enum OwnFiles {
  /// Makes sure that no two options name the same file, by whatever way.
  ///
  /// - Parameters:
  ///   - appended: Files that are added to, by option; devices may be named more than once.
  ///   - replaced: Files that are written anew or are kept by the program alone; what is there must be an ordinary file.
  static func check(_ appended: [String: String?], replaced: [String: String?]) throws {
    for (option, path) in named(replaced) where !isOrdinaryOrAbsent(path) {
      throw ValidationError("\(option) \(path) is no ordinary file, and would be replaced by one.")
    }
    var options: [String: String] = [:]
    for (option, path) in named(appended) + named(replaced) where isOrdinaryOrAbsent(path) {
      let place = URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
      if let other = options[place] { throw ValidationError("\(other) and \(option) name the same file.") }
      options[place] = option
    }
  }

  private static func named(_ paths: [String: String?]) -> [(option: String, path: String)] {
    paths.compactMap { option, path in path.map { (option, $0) } }.sorted { $0.0 < $1.0 }
  }

  private static func isOrdinaryOrAbsent(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }
}
