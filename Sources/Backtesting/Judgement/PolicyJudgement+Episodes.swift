import Markets

extension PolicyJudgement {
  /// Exceedances closer than this belong to one episode.
  static let episodeGap = TimeSpan.hours(6)
  /// The number of episodes that are kept.
  static let episodeLimit = 10

  /// The ten worst stretches of time by the policies' mean shortfall at the headline size, worst first.
  ///
  /// A stretch holds a market side's exceedances of the first of ours or of any competitor, each less than six hours after the one before.
  public func episodes() -> [LossEpisode] {
    guard let rung = headlineRung else { return [] }
    let found = replay.markets.indices.flatMap { market in
      LiquidationSide.allCases.flatMap { side in
        stretches(ofMarket: market, side: side, rung: rung)
          .map { episode($0, market: market, side: side, rung: rung) }
      }
    }
    let ranked = found.enumerated().sorted { left, right in
      let (leftSum, rightSum) = (left.element.totalShortfallUSD, right.element.totalShortfallUSD)
      return leftSum == rightSum ? left.offset < right.offset : leftSum > rightSum
    }
    return ranked.prefix(Self.episodeLimit).map(\.element)
  }

  /// The first to the last judged point of each stretch, in time order.
  private func stretches(ofMarket index: Int, side: LiquidationSide, rung: Int) -> [ClosedRange<Int>] {
    let market = replay.markets[index]
    let watched = ours.prefix(1) + competitors
    var stretches: [ClosedRange<Int>] = []
    for point in 0..<market.judged.count {
      guard let loss = market.loss(ofJudged: point, side: side, rung: rung),
        watched.contains(where: { loss > $0.margin(ofMarket: index, side: side, point: point, rung: rung) })
      else { continue }
      if let last = stretches.last,
        market.judgedTime(point) - market.judgedTime(last.upperBound) < Self.episodeGap
      {
        stretches[stretches.count - 1] = last.lowerBound...point
      } else {
        stretches.append(point...point)
      }
    }
    return stretches
  }

  private func episode(
    _ stretch: ClosedRange<Int>, market index: Int, side: LiquidationSide, rung: Int
  ) -> LossEpisode {
    let market = replay.markets[index]
    let shortfalls = everyPath.map { path in
      stretch.reduce(0) { sum, point in
        guard let loss = market.loss(ofJudged: point, side: side, rung: rung) else { return sum }
        let margin = path.margin(ofMarket: index, side: side, point: point, rung: rung)
        return sum + max(0, loss - margin) * replay.notionals[rung]
      }
    }
    let losses = stretch.compactMap { market.loss(ofJudged: $0, side: side, rung: rung) }
    return LossEpisode(
      market: market.market, side: side, start: market.judgedTime(stretch.lowerBound),
      end: market.judgedTime(stretch.upperBound), worstLoss: losses.max() ?? 0, shortfallUSD: shortfalls,
      marginAtStart: everyPath.map {
        $0.margin(ofMarket: index, side: side, point: stretch.lowerBound, rung: rung)
      })
  }
}

extension LossEpisode {
  /// The sum over policies, which ranks as the mean does.
  fileprivate var totalShortfallUSD: Double { shortfallUSD.reduce(0, +) }
}

extension ReplayedMarket {
  /// When a judged point was received.
  func judgedTime(_ point: Int) -> Timestamp { points[judgedStart + point].time }
}
