import Backtesting
import Markets
import Sampling
import Validation

/// A small replay for tests: losses and margins of one market, one size and equal sides unless said otherwise.
struct JudgedMarket {
  var losses: [Double]
  var hours: [Int64]
  /// The hour of the first judged point.
  var judgedFrom: Int64

  init(losses: [Double], hours: [Int64]? = nil, judgedFrom: Int64 = 0) {
    self.judgedFrom = judgedFrom
    self.losses = losses
    self.hours = hours ?? losses.indices.map(Int64.init)
  }

  func replay(span: TimeSpan = .hours(1)) -> Replay {
    let points = zip(losses, hours).map { loss, hour in
      let side = ReplaySide(
        depth: 1, probability: 0.5, fixedLosses: [0.5], adaptiveLosses: [], sweepCosts: [0], losses: [loss])
      return ReplayPoint(
        time: Timestamp(nanoseconds: 0) + .hours(hour), mid: 100, sides: BySide(sell: side, buy: side))
    }
    let start = Timestamp(nanoseconds: 0) + .hours(judgedFrom)
    let markets = MarketName("A").map {
      [ReplayedMarket(market: $0, points: points, judgedFrom: start)]
    }
    return Replay(
      provenance: .real, notionals: [1_000], informationSpan: span, judgedFrom: start,
      markets: losses.isEmpty ? [] : markets ?? [])
  }

  func path(_ name: String, _ margins: [Double]) -> NamedPath {
    let lists = margins.map { [$0] }
    let paths = MarketName("A").map { [MarginPath(market: $0, margins: BySide(sell: lists, buy: lists))] }
    return NamedPath(name: name, summary: name, paths: paths ?? [])
  }

  func judgement(
    ours: [Double], theirs: [Double], target: Double = 0.75, span: TimeSpan = .hours(1), resamples: Int = 20
  ) -> PolicyJudgement {
    PolicyJudgement(
      replay: replay(span: span), ours: [path("ours", ours)], competitors: [path("theirs", theirs)],
      headlineNotional: 1_000, target: target, bootstrap: DayBlockBootstrap(resamples: resamples, seed: 7),
      tests: { sequences in
        [TestResult(test: "\(sequences)", statistic: nil, pValue: nil, isRejected: nil)]
      }, trafficLight: { "\($0) of \($1)" })
  }

  /// Losses over several days and two policies' margins.
  static func random(seed: UInt64) -> (market: JudgedMarket, ours: [Double], theirs: [Double]) {
    var generator = SeededGenerator(seed: seed)
    let losses = (0..<120).map { _ in generator.normal() * 0.01 }
    let ours = losses.map { _ in 0.005 + 0.01 * generator.uniform() }
    let theirs = losses.map { _ in 0.005 + 0.02 * generator.uniform() }
    return (JudgedMarket(losses: losses, hours: losses.indices.map { Int64($0) * 2 }), ours, theirs)
  }
}
