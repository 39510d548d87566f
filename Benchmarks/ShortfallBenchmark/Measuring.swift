#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One line of the table: how long the product takes, how long its twin, and the memory in use.
struct ResultLine {
  let name: String
  let product: [Double]
  let twin: [Double]
  /// The largest resident memory of the process so far, in megabytes.
  let peakMegabytes: Double

  static let header = [
    left("benchmark"), right("product s"), right("twin s"), right("ratio"), right("peak MB"),
  ].joined(separator: " ")

  var text: String {
    let ratio = twin.isEmpty ? "–" : decimal(median(zip(twin, product).map { $0 / $1 }))
    return [
      Self.left(name), Self.right(decimal(median(product))), Self.right(twin.isEmpty ? "–" : decimal(median(twin))),
      Self.right(ratio), Self.right(decimal(peakMegabytes, digits: 0)),
    ].joined(separator: " ")
  }

  private static func left(_ text: String) -> String { text + padding(48 - text.count) }

  private static func right(_ text: String) -> String { padding(10 - text.count) + text }

  private static func padding(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

/// The seconds that the work takes, with what it gives.
func timed<Value>(_ work: () throws -> Value) rethrows -> (seconds: Double, value: Value) {
  let clock = ContinuousClock()
  let start = clock.now
  let value = try work()
  return (seconds: (clock.now - start) / .seconds(1), value: value)
}

/// The largest resident memory of the process so far, in megabytes.
func peakMegabytes() -> Double {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1_000
  #else
    getrusage(RUSAGE_SELF, &usage)
    return Double(usage.ru_maxrss) / 1_000_000
  #endif
}

/// The middle value, or the mean of the two in the middle.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  if sorted.isEmpty { return .nan }
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// A number in digits after the point.
func decimal(_ value: Double, digits: Int = 3) -> String {
  let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
  guard let units = Int(exactly: (abs(value) * scale).rounded()) else { return "–" }
  let sign = value < 0 ? "-" : ""
  if digits == 0 { return "\(sign)\(units)" }
  let fraction = String(units % Int(scale))
  return "\(sign)\(units / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
}
