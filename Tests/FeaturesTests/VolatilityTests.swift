import Features
import Foundation
import Markets
import Testing

@Suite("Volatility features")
struct VolatilityTests {
  static func rows(_ points: [(seconds: Double, mid: Double)]) throws -> NamedRows {
    NamedRows(try points.map { try snapshot($0.seconds, book(mid: $0.mid)) })
  }

  @Test("estimators are those of the worked path")
  func worked() throws {
    let rows = try Self.rows([(0, 100), (600, 102), (1200, 99), (1800, 101)])
    let logs = [100.0, 102, 99, 101].map { log($0) }
    let steps = zip(logs.dropFirst(), logs).map { $0 - $1 }
    func volatility(_ variance: Double) -> Double { log1p((variance * 2).squareRoot() * 1e4) }
    let squares = steps.map { $0 * $0 }
    let total = squares.reduce(0, +)
    #expect(try agree(rows.value("realised_volatility_1h"), volatility(total)))
    #expect(try agree(rows.value("adverse_semivolatility_1h"), volatility(squares[1])))
    #expect(try agree(rows.value("adverse_semivolatility_1h", .buy), volatility(squares[0] + squares[2])))
    let bipower = abs(steps[0] * steps[1]) + abs(steps[1] * steps[2])
    #expect(try agree(rows.value("jump_share_1h"), max(0, 1 - Double.pi / 2 * 1.5 * bipower / total)))
    #expect(try agree(rows.value("adverse_return_1h"), -log1p((logs[3] - logs[0]) * 1e4)))
    #expect(try agree(rows.value("last_adverse_return", .buy), log1p(steps[2] * 1e4)))
    #expect(try agree(rows.value("last_return_intensity"), log1p(steps[2] * 1e4 * 6.0.squareRoot())))
    let (high, low, open, close) = (logs[1], logs[2], logs[0], logs[3])
    let range = high - low
    #expect(try agree(rows.value("parkinson_volatility_1h"), volatility(range * range / (4 * log(2)))))
    let body = close - open
    let garmanKlass = range * range / 2 - (2 * log(2) - 1) * body * body
    #expect(try agree(rows.value("garman_klass_volatility_1h"), volatility(garmanKlass)))
    let rogersSatchell = (high - close) * (high - open) + (low - close) * (low - open)
    #expect(try agree(rows.value("rogers_satchell_volatility_1h"), volatility(rogersSatchell)))
  }

  @Test("exponential weights halve by time, and a constant pace gives the same figure at any half-life")
  func exponential() throws {
    let rows = try Self.rows((0..<60).map { (Double($0) * 300, $0 % 2 == 0 ? 100 : 101) })
    let step = log(101.0 / 100)
    let expected = log1p(step * 1e4 * 12.0.squareRoot())
    #expect(try agree(rows.value("ewma_volatility_fast"), expected))
    #expect(try agree(rows.value("ewma_volatility_slow"), expected))
    #expect(try abs(rows.value("ewma_volatility_ratio")) < 1e-9)
    #expect(try abs(rows.value("volatility_of_volatility_2h")) < 1e-9)
  }

  @Test("a window that holds one snapshot or no time says nothing")
  func undefinedValues() throws {
    let rows = try Self.rows([(0, 100), (90_000, 120), (90_000, 121)])
    for row in 1...2 { #expect(try rows.value("realised_volatility_24h", row: row).isNaN) }
    #expect(try rows.value("jump_share_1h").isNaN)
    #expect(try rows.value("realised_volatility_72h", row: 1) > 0)
  }

  @Test("realised variance and range equal their recomputation", arguments: [61] as [UInt64])
  func slowTwin(seed: UInt64) throws {
    let stream = try randomStream(seed: seed, markets: ["A"], count: 400)
    let rows = NamedRows(stream)
    let quoted = stream.indices.filter { stream[$0].book.mid != nil }
    for end in quoted.indices {
      let now = stream[quoted[end]].time
      let window = quoted[0...end].filter { stream[$0].time > now - .hours(6) }
      let logs = window.map { log(stream[$0].book.mid ?? .nan) }
      let seconds = (now - stream[window[0]].time).seconds
      let variance = zip(logs.dropFirst(), logs).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let expected = seconds > 0 ? log1p((variance * 3600 / seconds).squareRoot() * 1e4) : .nan
      #expect(try agree(rows.value("realised_volatility_6h", row: quoted[end]), expected, within: 1e-8))
      let range = (logs.max() ?? .nan) - (logs.min() ?? .nan)
      let parkinson = seconds > 0 ? log1p((range * range / (4 * log(2)) * 3600 / seconds).squareRoot() * 1e4) : .nan
      #expect(try agree(rows.value("parkinson_volatility_6h", row: quoted[end]), parkinson, within: 1e-8))
    }
  }
}
