import Margining
import Markets
import Validation

/// How far losses beyond a margin reach on average, in units of the margin, as the tuning period has it.
///
/// Margin policies state a quantile and nothing beyond it. So each is given the tail of the past, all alike: the mean of a
/// market's side and size's losses above their quantile of the tuning period, over that quantile.
struct TailRatios: Sendable {
  private let ratios: [BySide<[Double?]>]

  /// The ratios of losses that are known before the first judged instant.
  init(of replay: Replay, target: Double) {
    ratios = replay.markets.map { market in
      let losses = MaturedLosses.forTuning(of: market, in: replay)
      return BySide { side in
        replay.notionals.indices.map { size in
          Self.ratio(of: losses.known.map { losses.loss(of: $0, side, size: size) }, target: target)
        }
      }
    }
  }

  private static func ratio(of losses: [Double], target: Double) -> Double? {
    guard let quantile = SortedSample(losses).quantile(target), quantile > 0 else { return nil }
    let beyond = losses.filter { $0 > quantile }
    return beyond.isEmpty ? nil : beyond.reduce(0, +) / Double(beyond.count) / quantile
  }

  /// What a margin says of the tail of a row's loss; nil without a margin above zero or a past to go by.
  func forecast(of row: LossRow, margin: Double) -> TailForecast? {
    ratios[row.market][row.side][row.rung].flatMap { ratio in
      TailForecast(quantile: margin, expectedShortfall: margin * ratio, loss: row.loss)
    }
  }
}
