import Foundation
import Testing

/// Metrics read from text in Prometheus' exposition format, strictly.
struct Metrics {
  /// The values by what stands before them on their line.
  private(set) var samples: [String: Double] = [:]
  /// The kinds of the families by their names.
  private(set) var kinds: [String: String] = [:]

  init(path: String) throws { try self.init(String(contentsOfFile: path, encoding: .utf8)) }

  init(_ text: String) throws {
    try #require(text.hasSuffix("\n"))
    let sample = #/(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{.*\})? (?<number>\S+)/#
    let labels = #/\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\\\|\\"|\\n)*",?)+\}/#
    var family = ""
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3)
      if line.hasPrefix("# HELP ") {
        family = String(words[2])
        try #require(kinds[family] == nil, "\(family) stands in two groups")
      } else if line.hasPrefix("# TYPE ") {
        try #require(words[2] == family)
        kinds[family] = String(words[3])
      } else {
        let match = try #require(try sample.wholeMatch(in: line), "\(line)")
        try #require(match.name.hasPrefix(family), "\(line)")
        if let list = match.labels { try #require(try labels.wholeMatch(in: list) != nil, "\(line)") }
        let head = String(match.name) + (match.labels.map(String.init) ?? "")
        try #require(samples[head] == nil, "\(head) stands twice")
        let number: Double = try #require(Double(match.number), "\(line)")
        samples[head] = number
      }
    }
  }

  subscript(head: String) -> Double? { samples[head] }
}
