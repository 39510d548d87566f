/// Settings of a policy explained as text.
public struct PolicyExplanation {
  private let settings: [PolicySetting]

  /// Creates an explanation of every setting.
  public init() {
    settings = PolicyCatalogue.settings
  }

  /// Creates an explanation of one setting or section and what is below it, or nil when there is none of that name.
  public init?(of path: String) {
    settings = PolicyCatalogue.settings(under: path)
    if settings.isEmpty { return nil }
  }

  /// For each setting its name, then unit, range and default, then what it does.
  public func text() -> String {
    settings.map { setting in
      ([setting.specification] + TextWrapping.lines(setting.explanation, width: 100)).reduce("\(setting.path)\n") {
        $0 + "    \($1)\n"
      }
    }.joined(separator: "\n")
  }

  /// A Markdown table.
  public func markdown() -> String {
    let rows = settings.map { setting in
      let (unit, range) =
        switch setting.content {
        case .section: ("section", "")
        case .value(let unit, let range): (unit, range)
        }
      return "| `\(setting.path)` | \(unit) | \(range) | \(setting.presence) | \(setting.explanation) |\n"
    }
    return "| setting | unit | range | when left out | what it does |\n|---|---|---|---|---|\n" + rows.joined()
  }
}
