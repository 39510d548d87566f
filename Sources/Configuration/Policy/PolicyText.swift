public import Margining
public import Markets

/// A policy as the text of a policy file: every setting with its unit, range, default and meaning.
///
/// The text reads back as an equal policy. What is off stands there commented out, with an example; taking away the first
/// `#` of its lines switches it on.
public enum PolicyText {
  private static let width = 110

  /// The text of a policy.
  public static func text(of policy: MarginPolicy) -> String { text(of: policy, off: .commentedOut) }

  /// What becomes of settings that a policy leaves off.
  package enum Unused {
    case commentedOut
    /// Written as if they were on, with their examples.
    case switchedOn
  }

  package static func text(of policy: MarginPolicy, off unused: Unused) -> String {
    var lines: [String] = []
    var offRoot: [Substring]?
    for setting in PolicyCatalogue.settings {
      if setting.names[0] == "markets" { break }
      let names = setting.names
      if let root = offRoot, !names.starts(with: root) { offRoot = nil }
      let reading = setting.reading(policy.settings)
      if case .off = reading, offRoot == nil { offRoot = names }
      if names.count == 1 { lines.append("") }
      let mark = unused == .switchedOn ? nil : offRoot.map { indent($0.count - 1) + "#" }
      let isRoot = offRoot.map { $0 == names } ?? false
      lines += comment([setting]).map { isRoot ? $0 : marked($0, mark) }
      lines += entry(setting, reading).map { marked($0, mark) }
    }
    lines += [""] + comment(PolicyCatalogue.settings.filter { $0.path == "markets" })
    lines += policy.schedules.isEmpty ? [] : [markets(policy.schedules)]
    lines += [""] + comment(PolicyCatalogue.settings.filter { $0.path == "default" })
    if let schedule = policy.defaultSchedule { lines += ["default:"] + Self.lines(of: schedule, depth: 1) }
    return (header + lines).joined(separator: "\n") + "\n"
  }

  /// Schedules as the `markets:` section of a policy file, in name order, without a line end after the last line.
  public static func markets(_ schedules: [MarketName: TierSchedule]) -> String {
    let lines = schedules.sorted { $0.key < $1.key }.flatMap { market, schedule in
      ["  \(PolicyFigures.key(market.text)):"] + Self.lines(of: schedule, depth: 2)
    }
    return (["markets:"] + lines).joined(separator: "\n")
  }

  private static let header = [
    "# A margin policy. Each setting stands below its unit, its range and what holds when it is left out. Rates are",
    "# fractions of notional (0.005 is 0.5 %), rounded up to parts per million. Lengths of time are a whole number and a",
    "# unit: s, m, h or d. What is off is commented out with an example; without the first # of its lines it is on.",
  ]

  private static func lines(of schedule: TierSchedule, depth: Int) -> [String] {
    let tiers = schedule.tiers.map { tier in
      "- {notional: \(PolicyFigures.number(tier.lowerBound)), maintenance: \(tier.maintenance.fraction)}"
    }
    let share = "maintenanceShare: \(PolicyFigures.number(schedule.maintenanceShare))"
    return [indent(depth) + share, indent(depth) + "tiers:"] + tiers.map { indent(depth + 1) + $0 }
  }

  /// The lines of one setting: several where each market has its own.
  private static func entry(_ setting: PolicySetting, _ reading: PolicySetting.Reading) -> [String] {
    let space = indent(setting.names.count - 1)
    let name = setting.names.last ?? ""
    let values: [String] =
      switch reading {
      case .section: ["\(name):"]
      case .value(let value): ["\(name): \(value)"]
      case .byMarket(let pairs): pairs.map { "\(PolicyFigures.key($0.market)): \($0.value)" }
      case .off:
        switch setting.content {
        case .section: ["\(name):"]
        case .value: ["\(name.first == "<" ? "ETHUSDT" : name): \(setting.example ?? "")"]
        }
      }
    return values.map { space + $0 }
  }

  /// The explanations of settings as comment lines at their depth.
  private static func comment(_ settings: [PolicySetting]) -> [String] {
    settings.flatMap { setting in
      let space = indent(setting.names.count - 1)
      let words =
        switch setting.content {
        case .section: "\(setting.explanation) \(setting.presence)."
        case .value: "\(setting.specification) \(setting.explanation)"
        }
      return TextWrapping.lines(words, width: width - space.count - 2).map { "\(space)# \($0)" }
    }
  }

  /// A line with a mark put before it, in place of as many spaces as the mark is indented.
  private static func marked(_ line: String, _ mark: String?) -> String {
    mark.map { $0 + line.dropFirst($0.count - 1) } ?? line
  }

  private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }
}

/// Text broken into lines.
enum TextWrapping {
  /// The words of a text in lines of at most `width` characters; a longer word has a line of its own.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
