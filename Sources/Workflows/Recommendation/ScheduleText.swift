internal import Margining
internal import Markets

/// Recommended schedules as the section `markets:` of a policy file.
public struct ScheduleText {
  private let recommendation: MarginRecommendation

  /// Creates the text of recommended schedules.
  public init(_ recommendation: MarginRecommendation) {
    self.recommendation = recommendation
  }

  /// YAML that can stand in a policy file in place of its section `markets:`.
  public func yaml() -> String {
    let last = recommendation.lines.map(\.recommendation.time).max()?.description ?? "never"
    let head = """
      # \(recommendation.provenance.rawValue) · recommended maintenance margins as of \(last).
      # For each tier the larger margin of both sides.

      """
    return head + Self.markets(recommendation.schedules)
  }

  /// The section `markets:`, in the order given.
  package static func markets(_ schedules: [MarginRecommendation.MarketSchedule]) -> String {
    var text = "markets:\n"
    for entry in schedules {
      text += "  \(key(entry.market)):\n"
      text += "    maintenanceShare: \(number(entry.schedule.maintenanceShare))\n    tiers:\n"
      for tier in entry.schedule.tiers {
        text += "      - {notional: \(number(tier.lowerBound)), maintenance: \(number(tier.maintenance.fraction))}\n"
      }
    }
    return text
  }

  /// A number that reads back as the same one, without an exponent or a point where it has neither.
  private static func number(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  /// A market's name as a key: as it is when it is a plain word, between quotes when YAML could read it otherwise.
  private static func key(_ market: MarketName) -> String {
    let plain = market.text.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "-_".unicodeScalars.contains(scalar)
    }
    let starts = market.text.unicodeScalars.first.map { ("a"..."z").contains($0) || ("A"..."Z").contains($0) } ?? false
    if plain, starts { return market.text }
    return market.text.unicodeScalars.reduce(into: "\"") { text, scalar in
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        text += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: text.unicodeScalars.append(scalar)
      }
    } + "\""
  }
}
