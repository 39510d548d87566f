/// Cells of comma-separated values.
public enum CSVCell {
  /// The text as one cell, in double quotes where a comma, a quote or a line end would break the line.
  ///
  /// Source: RFC 4180, section 2.
  public static func text(_ text: String) -> String {
    let breaking: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    guard text.utf8.contains(where: breaking.contains) else { return text }
    return "\"" + text.replacingScalars { $0 == "\"" ? "\"\"" : nil } + "\""
  }
  /// The number with the fewest digits that read back to it; nothing when it is undefined.
  public static func number(_ number: Double) -> String { number.isNaN ? "" : "\(number)" }

  /// 1 for yes, 0 for no, nothing when it is unknown.
  public static func flag(_ flag: Bool?) -> String { flag.map { $0 ? "1" : "0" } ?? "" }
}
