internal import Backtesting
internal import Markets

/// One picture of the page.
struct PageChart {
  /// The picture's file name.
  let name: String
  /// What the picture shows, with the origin of the data.
  let title: String
  /// What should be known to read it.
  let note: String
  let drawing: SVGDrawing
  let height: Double

  static let (width, left, right) = (860.0, 76.0, 14.0)
  /// The least height of letters: 10 points on a page of A4 across.
  static let letterSize = 12
  static var plotWidth: Double { width - left - right }

  /// An empty picture with its title, and where to go on below it.
  static func begin(_ title: String) -> SVGDrawing {
    var drawing = SVGDrawing(width: width, letterSize: letterSize)
    let shown = title.count > 105 ? title.prefix(104) + "…" : title[...]
    drawing.text(String(shown), x: 10, y: 18, SVGDrawing.Lettering(size: 14, isBold: true))
    return drawing
  }

  /// The text as a part of a file name: letters, digits, dots, dashes and underscores of ASCII.
  static func fileName(_ text: String) -> String {
    String(
      text.unicodeScalars.prefix(60).map { scalar -> Character in
        let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        return isPlain || scalar == "-" || scalar == "_" ? Character(scalar) : "-"
      })
  }
}

/// What every part of the page asks of the report.
struct PageSubject {
  let report: BacktestReport

  /// The word for the data's origin.
  var origin: String { report.provenance.rawValue }

  /// The places of our policies in the report: those named `conditional` and `policy`, or else the first.
  var ours: [Int] {
    let named = report.policies.indices.filter { ["conditional", "policy"].contains(report.policies[$0].policy) }
    return named.isEmpty ? Array(report.policies.indices.prefix(1)) : named
  }

  /// The names of the markets, in the order in which the report first names them.
  var markets: [String] {
    let grouped = report.policies.flatMap(\.groups).filter { $0.group.kind == "market" }.map(\.group.name)
    let tested = report.policies.flatMap(\.tests).map(\.market.text)
    var seen: Set<String> = []
    return (grouped + tested + report.series.map(\.market.text)).filter { seen.insert($0).inserted }
  }

  /// The competitor that asks the smallest mean margin at the target coverage in a group, beside one of ours.
  func bestComparison(in group: String, ours: String? = nil) -> PolicyComparison? {
    report.comparisons.filter { $0.group == group && (ours == nil || $0.ours == ours) }
      .filter { $0.theirMarginAtTarget?.isFinite == true }
      .min { ($0.theirMarginAtTarget ?? .infinity) < ($1.theirMarginAtTarget ?? .infinity) }
  }

  /// The comparison with the competitor that leaves the least shortfall at our mean margin; nil where none can be scaled.
  func leastShortfall(in group: String, ours: String) -> PolicyComparison? {
    report.comparisons.filter { $0.group == group && $0.ours == ours && $0.theirShortfallUSD?.isFinite == true }
      .min { ($0.theirShortfallUSD ?? .infinity) < ($1.theirShortfallUSD ?? .infinity) }
  }

  /// The policies to draw for a market: ours and the best competitor, or the first competitor when none is best.
  func drawnPolicies(of market: String) -> [Int] {
    let best = bestComparison(in: market) ?? bestComparison(in: "all")
    let competitor =
      report.policies.indices.first { report.policies[$0].policy == best?.competitor }
      ?? report.policies.indices.first { !ours.contains($0) }
    return ours + [competitor].compactMap(\.self).filter { !ours.contains($0) }
  }

  /// The name of the policy at a place.
  func name(_ policy: Int) -> String {
    report.policies.indices.contains(policy) ? report.policies[policy].policy : "policy \(policy + 1)"
  }
}

extension MarketSeries {
  /// The rows that all columns hold.
  var rows: Range<Int> {
    0..<min(min(times.count, depths.count), min(probabilities.count, losses.count))
  }

  /// A policy's margin in a row, or nil.
  func margin(_ policy: Int, _ row: Int) -> Double? {
    guard margins.indices.contains(policy), margins[policy].indices.contains(row) else { return nil }
    return margins[policy][row]
  }

  /// The rows whose loss is above a policy's margin.
  func exceedances(of policy: Int, in rows: some Sequence<Int>) -> [Int] {
    rows.filter { row in
      guard let loss = losses[row], let margin = margin(policy, row) else { return false }
      return loss > margin
    }
  }
}
