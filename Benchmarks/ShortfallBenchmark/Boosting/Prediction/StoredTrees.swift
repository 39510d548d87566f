internal import Boosting
internal import Foundation

/// Trees as LightGBM's text, which the peers read too.
extension TreeEnsemble {
  func store(at file: URL) throws {
    try JSONEncoder().encode(self).write(to: file)
  }

  static func stored(at file: URL) throws -> TreeEnsemble {
    try JSONDecoder().decode(TreeEnsemble.self, from: Data(contentsOf: file))
  }
}
