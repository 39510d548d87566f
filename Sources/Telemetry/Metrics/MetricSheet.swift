/// What a process says of itself at one instant, to be written in Prometheus' text exposition format 0.0.4.
///
/// Parts of the program keep their own counts, which costs a stream next to nothing, and put them onto a sheet when one is
/// asked for. The text depends on the values alone, not on the order in which they came.
///
/// Source: prometheus.io/docs/instrumenting/exposition_formats.
public struct MetricSheet: Sendable {
  private struct Group {
    let family: MetricFamily
    /// The values by all that stands before them on their line.
    var values: [String: Double] = [:]
  }

  private let shared: [MetricLabel]
  private var groups: [String: Group] = [:]

  /// Creates an empty sheet; every sample will carry the labels `shared`.
  public init(shared: [MetricLabel] = []) { self.shared = shared }

  /// Sets one sample; a second value of the same labels replaces the first.
  ///
  /// - Parameter labels: The values of the family's labels, in their order.
  public mutating func set(_ family: MetricFamily, _ labels: [String] = [], to value: Double) {
    let head = family.name + text(zipped(family, labels))
    groups[family.name, default: Group(family: family)].values[head] = value
  }

  /// Sets one sample to a count.
  public mutating func set(_ family: MetricFamily, _ labels: [String] = [], to count: Int) {
    set(family, labels, to: Double(count))
  }

  /// Sets the quantiles, the sum and the count of one summary, in seconds; without latencies the quantiles are NaN.
  ///
  /// - Parameters:
  ///   - quantiles: Of the latest latencies.
  ///   - all: Of all latencies, for the sum and the count, which only rise.
  public mutating func set(
    _ family: MetricFamily, _ labels: [String] = [], quantiles: LatencySummary, all: LatencySummary
  ) {
    let own = zipped(family, labels)
    var group = groups[family.name] ?? Group(family: family)
    for (level, value) in quantiles.quantiles {
      let seconds = quantiles.count == 0 ? .nan : Double(value) / 1e9
      group.values[family.name + text(own + [("quantile", Self.number(level))])] = seconds
    }
    group.values["\(family.name)_sum\(text(own))"] = all.totalSeconds
    group.values["\(family.name)_count\(text(own))"] = Double(all.count)
    groups[family.name] = group
  }

  /// The whole sheet as text: families by name, samples by labels.
  public var text: String {
    var text = ""
    for (name, group) in groups.sorted(by: { $0.key < $1.key }) {
      text += "# HELP \(name) \(Self.escaped(group.family.help))\n"
      text += "# TYPE \(name) \(group.family.kind.rawValue)\n"
      for (head, value) in group.values.sorted(by: { $0.key < $1.key }) { text += "\(head) \(Self.number(value))\n" }
    }
    return text
  }

  private func zipped(_ family: MetricFamily, _ values: [String]) -> [(name: String, value: String)] {
    assert(family.labels.count == values.count, "\(family.name) has the labels \(family.labels), not \(values)")
    return zip(family.labels, values).map { ($0, $1) }
  }

  /// The labels between braces; nothing without labels.
  ///
  /// A sample's own label goes before a shared one of the same name.
  private func text(_ own: [(name: String, value: String)]) -> String {
    let names = own.map(\.name)
    let all = own + shared.filter { !names.contains($0.name) }.map { ($0.name, $0.value) }
    if all.isEmpty { return "" }
    return "{" + all.map { "\($0.name)=\"\(Self.escaped($0.value, quote: "\\\""))\"" }.joined(separator: ",") + "}"
  }

  /// Text with backslashes and line feeds escaped, and quotes replaced by `quote`.
  private static func escaped(_ text: String, quote: String = "\"") -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"": escaped += quote
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A number in the form that the format's readers know; whole ones without a fraction.
  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if let whole = Int(exactly: value), value.magnitude < 1e15 { return "\(whole)" }
    return "\(value)"
  }
}
