internal import Boosting
internal import Foundation

/// Trees as LightGBM's text, which the peers read too.
extension TreeEnsemble {
  func store(at file: URL) throws {
    try Data(LightGBMText.text(of: self).utf8).write(to: file)
  }

  static func stored(at file: URL) throws -> TreeEnsemble {
    try LightGBMText.parse(try String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
  }
}
