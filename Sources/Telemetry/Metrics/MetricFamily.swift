/// What the samples of one name are: their kind, their meaning and the labels that tell them apart.
///
/// Families are constants of the program, so their names are literals; a name that the exposition format does not allow
/// is a mistake in the source and stops at the first use.
public struct MetricFamily: Hashable, Sendable {
  /// How the samples of a family behave.
  public enum Kind: String, Sendable {
    /// Only rises while a process runs, and starts at zero with it.
    case counter
    /// Rises and falls.
    case gauge
    /// Quantiles with a sum and a count.
    case summary
  }

  /// How the samples behave.
  public let kind: Kind
  /// The name; by custom it ends with the unit, and with `_total` for counters.
  public let name: String
  /// What is counted or measured, in words.
  public let help: String
  /// The names of the labels, in the order in which their values are given.
  public let labels: [String]

  private init(_ kind: Kind, _ name: StaticString, _ help: StaticString, _ labels: [StaticString]) {
    self.kind = kind
    self.name = name.description
    self.help = help.description
    self.labels = labels.map(\.description)
    precondition(Self.isName(self.name), "\(name) is no metric's name")
    precondition(self.labels.allSatisfy(MetricLabel.isName), "\(self.labels) has a label that is none")
  }

  /// A family of counters.
  public static func counter(_ name: StaticString, _ help: StaticString, by labels: [StaticString] = []) -> MetricFamily
  {
    MetricFamily(.counter, name, help, labels)
  }

  /// A family of gauges.
  public static func gauge(_ name: StaticString, _ help: StaticString, by labels: [StaticString] = []) -> MetricFamily {
    MetricFamily(.gauge, name, help, labels)
  }

  /// A family of summaries.
  public static func summary(_ name: StaticString, _ help: StaticString, by labels: [StaticString] = []) -> MetricFamily
  {
    MetricFamily(.summary, name, help, labels)
  }

  /// Whether text matches `[a-zA-Z_:][a-zA-Z0-9_:]*`.
  package static func isName(_ text: String) -> Bool {
    MetricLabel.isName(text.replacing(":", with: "_"))
  }
}

extension String {
  fileprivate func replacing(_ old: Character, with new: Character) -> String {
    String(map { $0 == old ? new : $0 })
  }
}
