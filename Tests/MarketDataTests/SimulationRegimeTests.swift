import MarketData
import Markets
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Simulated markets: regimes")
struct SimulationRegimeTests {
  private let month = SimulatedMonth.standard

  private func mean(
    of regime: SimulatedRegime, in market: Int, _ value: (SimulatedMonth.Row) -> Double
  ) -> Double {
    let values = month.rows[market].filter { $0.regime == regime }.map(value)
    return values.reduce(0, +) / Double(values.count)
  }

  @Test func depthFallsAndSpreadsWidenWithTheRegime() {
    for market in month.markets.indices {
      let median = month.medianDepth(market, .sell)
      let depths = [SimulatedRegime.calm, .thinning, .stressed, .cascade].map { regime in
        exp(mean(of: regime, in: market) { log($0.depth.sell / median) })
      }
      #expect(zip(depths, depths.dropFirst()).allSatisfy { $0 > $1 }, "\(depths)")
      #expect(depths[0] > 0.95 && depths[2] < 0.7 && depths[3] < 0.2)
      let spreads = [SimulatedRegime.calm, .thinning, .stressed, .cascade].map { regime in
        mean(of: regime, in: market, \.spread)
      }
      #expect(zip(spreads, spreads.dropFirst()).allSatisfy { $0 < $1 }, "\(spreads)")
    }
  }

  @Test func everyRegimeOccursAndCalmPrevails() {
    for rows in month.rows {
      for regime in SimulatedRegime.allCases { #expect(rows.contains { $0.regime == regime }) }
      let calm = rows.filter { $0.regime == .calm }.count
      #expect((0.7...0.95).contains(Double(calm) / Double(rows.count)))
    }
  }

  /// Five-minute returns of the first two markets, kept where both are in `regime` at both ends.
  private func returns(in regime: SimulatedRegime) -> [(Double, Double)] {
    func bars(_ market: Int) -> [Int: SimulatedMonth.Row] {
      var result: [Int: SimulatedMonth.Row] = [:]
      for row in month.rows[market] { result[Int(row.seconds / 300)] = row }
      return result
    }
    let (left, right) = (bars(0), bars(1))
    return (0..<30 * 288).compactMap { index in
      guard let a = left[index], let b = left[index + 1], let c = right[index], let d = right[index + 1],
        [a, b, c, d].allSatisfy({ $0.regime == regime })
      else { return nil }
      return (log(b.mid / a.mid), log(d.mid / c.mid))
    }
  }

  private func correlation(_ pairs: [(Double, Double)]) -> Double {
    let count = Double(pairs.count)
    let left = pairs.map(\.0).reduce(0, +) / count
    let right = pairs.map(\.1).reduce(0, +) / count
    var (covariance, first, second) = (0.0, 0.0, 0.0)
    for (x, y) in pairs {
      covariance += (x - left) * (y - right)
      first += (x - left) * (x - left)
      second += (y - right) * (y - right)
    }
    return covariance / (first * second).squareRoot()
  }

  /// The last mids of two five-minute bars are a minute apart, which lowers the measured correlation (Epps).
  @Test func correlationAndVolatilityRiseInStress() {
    let calm = returns(in: .calm)
    let stressed = returns(in: .stressed)
    #expect(stressed.count > 40)
    #expect((0.3...0.5).contains(correlation(calm)), "\(correlation(calm))")
    #expect(correlation(stressed) > correlation(calm) + 0.15, "\(correlation(stressed))")
    func deviation(_ pairs: [(Double, Double)]) -> Double {
      (pairs.map { $0.0 * $0.0 }.reduce(0, +) / Double(pairs.count)).squareRoot()
    }
    #expect(deviation(stressed) > 1.6 * deviation(calm))
  }

  @Test func theBookIsThinnestAtTheHourAskedFor() {
    var sums = [Double](repeating: 0, count: 24)
    var counts = [Double](repeating: 0, count: 24)
    for rows in month.rows {
      for row in rows where row.regime == .calm {
        let hour = Int(row.seconds / 3_600) % 24
        sums[hour] += log(row.depth.sell * row.depth.buy)
        counts[hour] += 1
      }
    }
    func level(_ hours: [Int]) -> Double {
      hours.map { sums[$0] / counts[$0] }.reduce(0, +) / Double(hours.count)
    }
    #expect(level([20, 21, 22, 23]) < level([8, 9, 10, 11]) - 0.1)
  }
}
