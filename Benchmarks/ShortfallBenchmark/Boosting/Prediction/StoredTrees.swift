internal import Boosting
internal import Foundation

/// Trees as LightGBM's text, which the peers read too.
extension TreeEnsemble {
  func store(at file: URL) throws {
    // lleaves insists on the line that LightGBM's Python package adds at the end.
    try Data((LightGBMText.text(of: self) + "pandas_categorical:null\n").utf8).write(to: file)
  }

  static func stored(at file: URL) throws -> TreeEnsemble {
    try LightGBMText.parse(try String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
  }
}
