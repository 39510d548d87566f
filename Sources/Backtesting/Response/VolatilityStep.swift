import Markets
import Parallelism
import Sampling

/// A made-up world in which every market's volatility doubles at a known instant, for policies as they were tuned on
/// recorded markets.
///
/// Each market keeps its name, its median volatility and its median sweep costs of the tuning period; the mid is a random
/// walk of normal steps, a quarter of the information span apart, and the loss is the worst of the next four steps' moves
/// and the sweep cost. Volatility doubles after `calmDays` and stays. Several paths are averaged, all seeded.
public struct VolatilityStep: Sendable {
  /// The days before the doubling, the first half of which is for tuning.
  static let calmDays: Int64 = 20
  /// The days after it.
  static let doubledDays: Int64 = 20
  /// The number of paths.
  static let paths = 10
  /// The least rise, as a multiple of the margin before, that counts as an answer.
  static let leastRise = 0.05

  private let replays: [Replay]
  private let rung: Int
  private let step: TimeSpan
  private let doubling: Timestamp

  /// Makes up the paths; nil without a market that has a volatility or without a size.
  public init?(like replay: Replay, headlineNotional: Double, seed: UInt64 = 1) {
    guard let rung = replay.size(nearestTo: headlineNotional), replay.informationSpan > .zero else { return nil }
    let models = replay.markets.enumerated().compactMap { WalkModel(like: $1, in: replay, stream: UInt64($0)) }
    if models.isEmpty { return nil }
    let step = TimeSpan(nanoseconds: max(1, replay.informationSpan.nanoseconds / Int64(WalkModel.horizonSteps)))
    let start = Timestamp(nanoseconds: 0)
    let doubling = start + .days(Self.calmDays)
    let judgedFrom = start + .days(Self.calmDays / 2)
    replays = concurrentMap(Array(0..<Self.paths)) { path in
      Replay(
        provenance: .simulated, notionals: replay.notionals, informationSpan: replay.informationSpan,
        judgedFrom: judgedFrom,
        markets: models.map { model in
          ReplayedMarket(
            market: model.market,
            points: model.points(
              every: step, until: doubling + .days(Self.doubledDays), doublingAt: doubling, seed: seed &+ UInt64(path)),
            judgedFrom: judgedFrom)
        })
    }
    self.rung = rung
    self.step = step
    self.doubling = doubling
  }

  /// How each policy's margin answers, in their order; those whose margin before is zero are left out.
  public func responses(of policies: [any CompetingPolicy]) -> [StepResponse] {
    policies.compactMap { policy in response(named: policy.name, curve: curve(of: policy)) }
  }

  /// The mean margin over markets, sides and paths at each judged step.
  private func curve(of policy: any CompetingPolicy) -> [Double] {
    let sums = concurrentMap(replays) { replay in
      var sum: [Double] = []
      for market in replay.markets {
        let path = policy.path(of: market, in: replay)
        for side in LiquidationSide.allCases {
          let margins = path.margins[side].map { $0[rung] }
          sum = sum.isEmpty ? margins : zip(sum, margins).map { $0 + $1 }
        }
      }
      return sum.map { $0 / Double(2 * replay.markets.count) }
    }
    guard let first = sums.first else { return [] }
    return sums.dropFirst().reduce(first) { zip($0, $1).map { $0 + $1 } }.map { $0 / Double(sums.count) }
  }

  /// What a curve over the judged steps shows.
  package func response(named name: String, curve: [Double]) -> StepResponse? {
    let perDay = max(1, Int(TimeSpan.days(1).nanoseconds / step.nanoseconds))
    let calm = perDay * Int(Self.calmDays - Self.calmDays / 2)
    guard curve.count > calm + perDay else { return nil }
    let before = curve[(calm - perDay)..<calm].mean
    guard before > 0 else { return nil }
    let after = curve[calm...].map { $0 / before }
    let plateau = after[(after.count - after.count / 4)...].mean
    let days = stride(from: 0, to: after.count - perDay + 1, by: perDay).map { after[$0..<($0 + perDay)].mean }
    let peak = days.max() ?? plateau
    let rise = plateau - 1
    let answers = rise >= Self.leastRise
    let half = after.firstIndex { $0 >= 1 + rise / 2 }
    return StepResponse(
      policy: name, before: before, plateau: plateau, peak: peak,
      overshoot: answers ? max(0, peak - plateau) / rise : nil,
      halfLifeHours: answers ? half.map { Double($0) * step.seconds / 3_600 } : nil)
  }
}

extension ArraySlice<Double> {
  /// The mean; NaN of nothing.
  fileprivate var mean: Double { reduce(0, +) / Double(count) }
}
