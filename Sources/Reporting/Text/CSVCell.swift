/// Text inside comma-separated values.
public enum CSVCell {
  /// The text as one cell, in double quotes where a comma, a quote or a line end would break the line.
  ///
  /// Source: RFC 4180, section 2.
  public static func text(_ text: String) -> String {
    let breaking: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    guard text.utf8.contains(where: breaking.contains) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
