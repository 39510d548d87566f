internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How long a piece of work took.
struct Effort: Sendable {
  /// Seconds by the clock.
  let elapsed: Double
  /// Seconds of all cores together, which other work on the machine does not lengthen.
  let processor: Double
}

/// One line of the table: how long the product takes, how long its twin, and the memory in use.
struct ResultLine {
  let name: String
  let product: [Effort]
  let twin: [Effort]
  /// The largest resident memory of the process by the end of the product's first run, in megabytes.
  let peakMegabytes: Double

  static let header =
    left("medians; s = seconds, cpu = seconds of all cores")
    + ["product s", "twin s", "ratio", "product cpu", "twin cpu", "peak MB"].map(right).joined()

  var text: String {
    let ratio = median(zip(twin, product).map { $0.elapsed / $1.elapsed })
    let figures = [
      median(product.map(\.elapsed)), median(twin.map(\.elapsed)), ratio, median(product.map(\.processor)),
      median(twin.map(\.processor)),
    ]
    return Self.left(name) + figures.map { Self.right(decimal($0)) }.joined()
      + Self.right(decimal(peakMegabytes, digits: 0))
  }

  private static func left(_ text: String) -> String { text + padding(50 - text.count) }

  private static func right(_ text: String) -> String { padding(13 - text.count) + text }

  private static func padding(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

/// How long the work takes, with what it gives.
func timed<Value>(_ work: () throws -> Value) rethrows -> (effort: Effort, value: Value) {
  let clock = ContinuousClock()
  let (start, used) = (clock.now, processorSeconds())
  let value = try work()
  let elapsed = (clock.now - start) / .seconds(1)
  return (Effort(elapsed: elapsed, processor: processorSeconds() - used), value)
}

/// What the system has counted for this process so far.
private func processUsage() -> rusage {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  #else
    getrusage(RUSAGE_SELF, &usage)
  #endif
  return usage
}

/// The processor time of this process so far, in seconds.
private func processorSeconds() -> Double {
  let usage = processUsage()
  return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6 }
}

/// The largest resident memory of the process so far, in megabytes.
///
/// Linux counts the memory of the process that started this one into its usage, so the image's own peak is asked for.
func peakMegabytes() -> Double {
  #if os(Linux)
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }?.split(separator: " ").dropFirst().first
    return peak.flatMap { Double($0) }.map { $0 * 1_024 / 1e6 } ?? Double(processUsage().ru_maxrss) * 1_024 / 1e6
  #else
    return Double(processUsage().ru_maxrss) / 1e6
  #endif
}

/// Lets the peak start again from the memory that is in use now, where the system can do that.
func forgetPeak() {
  #if os(Linux)
    let control = FileHandle(forWritingAtPath: "/proc/self/clear_refs")
    try? control?.write(contentsOf: Data("5".utf8))
    try? control?.close()
  #endif
}

/// The middle value, or the mean of the two in the middle.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  if sorted.isEmpty { return .nan }
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// A number with digits after the point; a dash for NaN.
func decimal(_ value: Double, digits: Int = 3) -> String {
  let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
  guard let units = Int(exactly: (abs(value) * scale).rounded()) else { return "–" }
  let sign = value < 0 ? "-" : ""
  if digits == 0 { return "\(sign)\(units)" }
  let fraction = String(units % Int(scale))
  return "\(sign)\(units / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
}
