/// One line of the tables about books.
struct PassLine {
  let name: String
  let product: [PassResult]
  /// The twin's results, pair by pair; empty when there is no twin.
  var twin: [PassResult] = []

  static let legend = """
    Medians of runs in processes of their own, product and twin by turns. "A core" divides by the processor time of all
    threads together, which other work on the machine lengthens little; "clock" divides by the time that passed.
    "× twin" is the ratio of processor times.
    """

  static let header =
    left("") + ["books", "books/s a core", "books/s clock", "MB/s a core", "peak MB", "× twin"].map(right).joined()

  var text: String {
    let ratio = median(zip(twin, product).map { $0.processor / $1.processor })
    let lines = [Self.line(name, product, ratio: ratio)]
    return (twin.isEmpty ? lines : lines + [Self.line("  plain twin", twin, ratio: .nan)]).joined(separator: "\n")
  }

  private static func line(_ name: String, _ results: [PassResult], ratio: Double) -> String {
    let rates: [(PassResult) -> Double] = [
      { Double($0.snapshots) },
      { Double($0.snapshots) / $0.processor },
      { Double($0.snapshots) / $0.elapsed },
      { $0.bytes > 0 ? Double($0.bytes) / 1e6 / $0.processor : .nan },
      { $0.peakMegabytes },
    ]
    return left(name) + rates.map { rate in right(decimal(median(results.map(rate)), digits: 0)) }.joined()
      + right(decimal(ratio, digits: 1))
  }

  private static func left(_ text: String) -> String { text + String(repeating: " ", count: max(1, 44 - text.count)) }

  private static func right(_ text: String) -> String { String(repeating: " ", count: max(1, 15 - text.count)) + text }
}

/// The results of a pass and of its twin by turns, in as many pairs; which one goes first alternates.
///
/// - Throws: when the two do not agree.
func pairedResults(
  _ pass: Pass, twin: Pass, pairs: Int, paths: [String], pace: FeaturePace = .standard
) throws -> (product: [PassResult], twin: [PassResult]) {
  var results: (product: [PassResult], twin: [PassResult]) = ([], [])
  for pair in 0..<pairs {
    for isProduct in pair.isMultiple(of: 2) ? [true, false] : [false, true] {
      let result = try measured(isProduct ? pass : twin, paths: paths, pace: pace)
      if isProduct { results.product.append(result) } else { results.twin.append(result) }
    }
    try checkAgreement(results.product[pair], results.twin[pair])
  }
  return results
}

/// Refuses figures of two implementations that did not do the same.
private func checkAgreement(_ product: PassResult, _ twin: PassResult) throws {
  let distance = abs(product.fingerprint - twin.fingerprint) / max(1, abs(twin.fingerprint))
  guard product.snapshots == twin.snapshots, distance < 1e-8 else { throw BenchmarkFailure.twinsDisagree(distance) }
}
