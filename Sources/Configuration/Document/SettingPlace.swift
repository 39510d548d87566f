internal import Yams

extension Node {
  /// The line of the deepest setting that exists on a path below this node; nil when its first part does not exist.
  ///
  /// List elements are numbered from 1, as in faults. Names may hold dots themselves.
  func line(ofSetting path: some StringProtocol) -> Int? {
    if let mapping {
      for (key, value) in mapping {
        guard let name = key.scalar?.string else { continue }
        if path == name { return value.mark?.line ?? key.mark?.line }
        guard path.hasPrefix(name + ".") else { continue }
        return value.line(ofSetting: path.dropFirst(name.count + 1)) ?? key.mark?.line
      }
    }
    if let sequence {
      let parts = path.split(separator: ".", maxSplits: 1)
      guard let first = parts.first, let number = Int(first), sequence.indices.contains(number - 1) else { return nil }
      let element = sequence[number - 1]
      return parts.dropFirst().first.flatMap { element.line(ofSetting: $0) } ?? element.mark?.line
    }
    return nil
  }
}
