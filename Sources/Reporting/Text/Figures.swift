/// Numbers as people read them: fixed decimals, grouped digits, "–" where there is no figure.
public enum Figures {
  /// What stands where there is no figure.
  public static let absent = "–"

  /// The number with a fixed count of decimals, rounded half away from zero.
  public static func decimal(_ value: Double?, _ places: Int) -> String {
    guard let value, value.isFinite else { return absent }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (abs(value) * scale).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e15 else { return (value < 0 ? "−" : "") + "\(abs(value))" }
    var digits = String(Int64(scaled))
    if digits.count <= places { digits = String(repeating: "0", count: places + 1 - digits.count) + digits }
    let sign = value < 0 && scaled > 0 ? "−" : ""
    if places == 0 { return sign + digits }
    return sign + digits.dropLast(places) + "." + digits.suffix(places)
  }

  /// The number with its sign, plus included, and a fixed count of decimals; what rounds to zero has no sign.
  public static func signed(_ value: Double?, _ places: Int) -> String {
    let text = decimal(value, places)
    guard let value, value > 0, text.contains(where: { $0.isNumber && $0 != "0" }) else { return text }
    return "+" + text
  }

  /// A share as a percentage.
  public static func percent(_ value: Double?, _ places: Int = 2) -> String {
    guard let value, (value * 100).isFinite else { return absent }
    return decimal(value * 100, places) + " %"
  }

  /// A whole number with its digits in groups of three.
  public static func count(_ value: Int) -> String {
    grouped(String(value.magnitude), sign: value < 0 ? "−" : "")
  }

  /// An amount in quote currency, rounded to whole units.
  public static func amount(_ value: Double?) -> String {
    guard let value, value.isFinite, abs(value) < 9e15 else { return absent }
    return grouped(String(Int64(abs(value).rounded())), sign: value <= -0.5 ? "−" : "")
  }

  private static func grouped(_ digits: String, sign: String) -> String {
    var groups: [Substring] = []
    var rest = digits[...]
    while !rest.isEmpty {
      groups.append(rest.suffix(3))
      rest = rest.dropLast(3)
    }
    return sign + groups.reversed().joined(separator: ",")
  }
}
