internal import Foundation
public import VenueFeeds

/// The line by which a replay tells a stream of canonical lines that a book was lost; no feed sends it.
public enum LossLine {
  private struct Content: Codable {
    let lost: InvalidBook
  }

  private static let beginning = Array(#"{"lost":"#.utf8)

  /// Appends the line with its line end.
  public static func append(_ lost: InvalidBook, to bytes: inout [UInt8]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Names and whole numbers always have a JSON form.
    guard let line = try? encoder.encode(Content(lost: lost)) else { return }
    bytes += line
    bytes.append(UInt8(ascii: "\n"))
  }

  /// What a line tells; nil for every other line.
  static func parse(_ line: [UInt8]) -> InvalidBook? {
    guard line.starts(with: beginning) else { return nil }
    return try? JSONDecoder().decode(Content.self, from: Data(line)).lost
  }
}
