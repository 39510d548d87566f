import Datasets
import Features
import Labels
import Markets
import Testing

@Suite struct DatasetTests {
  @Test func rowsComeInTimeOrderThenByMarketThenSellBeforeBuy() throws {
    let data = try dataset([
      Sample(market: "XRP", second: 5, value: 1), Sample(market: "XRP", second: 9, value: 2),
      Sample(market: "ETH", second: 5, value: 3), Sample(market: "ETH", second: 7, value: 4),
    ])
    #expect(data.markets.map(\.text) == ["ETH", "XRP"])
    #expect(data.times == [5, 5, 5, 5, 7, 7, 9, 9].map(at))
    #expect(data.marketIndices == [0, 0, 1, 1, 0, 0, 1, 1])
    #expect(data.sides == [.sell, .buy, .sell, .buy, .sell, .buy, .sell, .buy])
    #expect(Array(data.column(0)) == [3, -3, 1, -1, 4, -4, 2, -2])
    #expect(Array(data.column(1)) == [300, -300, 100, -100, 400, -400, 200, -200])
    #expect(data.groups == [0, 1, 2, 3, 0, 1, 2, 3])
    #expect(data.groupCount == 4)
  }

  @Test func simultaneousSnapshotsOfAMarketKeepTheirOrder() throws {
    let data = try dataset([
      Sample(market: "B", second: 5, value: 1), Sample(market: "B", second: 5, value: 2),
      Sample(market: "A", second: 5, value: 3), Sample(market: "A", second: 5, value: 4),
    ])
    #expect(Array(data.column(0)) == [3, -3, 4, -4, 1, -1, 2, -2])
  }

  @Test func theOrderOfArrivalAcrossMarketsDoesNotMatter() throws {
    let a = (0..<9).map { Sample(market: "A", second: 3 * $0, value: Double($0)) }
    let b = (0..<9).map { Sample(market: "B", second: 2 * $0, value: Double(-$0)) }
    let apart = try dataset(a + b)
    let merged = try dataset(zip(a, b).flatMap { [$0, $1] })
    #expect(apart.times == merged.times)
    #expect(apart.marketIndices == merged.marketIndices)
    #expect(apart.column(0) == merged.column(0))
  }

  @Test func labelsKeepWhatIsUnknown() throws {
    let data = try dataset([
      Sample(market: "A", second: 1, value: 7, event: .known(true), inShortfall: true),
      Sample(market: "A", second: 2, value: 8, event: .censored(.gap), inShortfall: nil),
    ])
    #expect(data.events == [true, true, nil, nil])
    #expect(data.censoringReasons == [nil, nil, .gap, .gap])
    #expect(data.inShortfall == [true, true, nil, nil])
    #expect(data.depths[0] == 7 && data.depths[1] == 8)
    #expect(data.depths[2].isNaN && data.depths[3].isNaN)
    #expect(data.thresholds == [3, 4, 3, 4])
    #expect(data.informationEnds == [11, 11, 12, 12].map(at))
    #expect(data.closeOutLosses.allSatisfy { $0.isNaN })
    #expect(data.marginShortfalls == [nil, nil, nil, nil])
  }

  @Test func lossesKeepTheirSplit() throws {
    var builder = DatasetBuilder(schema: try schema([]))
    let name = try market("A")
    let loss = CloseOutLoss(
      total: 0.07, drift: 0.04, liquidity: 0.02, fee: 0.01, worstTime: at(3), isExhausted: false, isCensored: false)
    try builder.append(
      values: BySide(sell: [], buy: []),
      labels: BySide { side in
        LabeledOrigin(
          time: at(0), market: name, side: side, informationEnd: at(9), threshold: 1, inShortfall: false,
          depthShortfall: .known(false), closeOutLoss: side == .sell ? .known(loss) : .censored(.unknownBook),
          marginShortfall: side == .sell ? .known(true) : .censored(.unknownBook))
      }, observation: OutcomeObservation(time: at(0), market: name, mid: 1, depth: nil))
    let data = builder.build()
    #expect(data.closeOutLosses[0] == 0.07 && data.closeOutLosses[1].isNaN)
    #expect(data.closeOutDrifts[0] == 0.04 && data.closeOutDrifts[1].isNaN)
    #expect(data.closeOutLiquidities[0] == 0.02 && data.closeOutLiquidities[1].isNaN)
    #expect(data.marginShortfalls == [true, nil])
  }

  @Test func refusesRowsThatDoNotFit() throws {
    var builder = DatasetBuilder(schema: try schema(["only"]))
    let name = try market("A")
    let label = { (second: Int) in
      BySide { side in
        LabeledOrigin(
          time: at(second), market: name, side: side, informationEnd: at(9), threshold: 1, inShortfall: false,
          depthShortfall: .known(false))
      }
    }
    let observation = OutcomeObservation(time: at(0), market: name, mid: 1, depth: nil)
    #expect(throws: DatasetFault.width(found: 2, expected: 1)) {
      try builder.append(values: BySide(sell: [1], buy: [1, 2]), labels: label(0), observation: observation)
    }
    #expect(throws: DatasetFault.notOneOrigin(market: name, time: at(0))) {
      try builder.append(values: BySide(sell: [1], buy: [1]), labels: label(1), observation: observation)
    }
    #expect(builder.count == 0)
    #expect(builder.build().count == 0)
  }
}

@Suite struct DatasetRowsTests {
  private func data() throws -> Dataset {
    try dataset([
      Sample(market: "A", second: 0, value: 1, event: .known(true)),
      Sample(market: "B", second: 0, value: 2, inShortfall: true),
      Sample(market: "A", second: 10, value: 3, event: .censored(.endOfData)),
      Sample(market: "B", second: 20, value: 4, event: .known(true), inShortfall: nil),
      Sample(market: "A", second: 30, value: 5, event: .known(true)),
    ])
  }

  @Test func aTimeRangeHoldsItsStartAndNotItsEnd() throws {
    let data = try data()
    #expect(data.rows() == 0..<10)
    #expect(data.rows(from: at(10)) == 4..<10)
    #expect(data.rows(to: at(20)) == 0..<6)
    #expect(data.rows(from: at(1), to: at(30)) == 4..<8)
    #expect(data.rows(from: at(31)) == 10..<10)
    #expect(data.rows(from: at(30), to: at(0)).isEmpty)
  }

  @Test func onsetRowsAreLabelledAndNotInShortfall() throws {
    let data = try data()
    #expect(data.labelledRows(among: data.rows()) == [0, 1, 2, 3, 8, 9])
    #expect(data.onsetRows(among: data.rows()) == [0, 1, 8, 9])
    #expect(data.onsetRows(among: data.rows(from: at(1))) == [8, 9])
    #expect(data.shortfallRows(among: data.rows()) == [2, 3])
  }

  @Test func aSelectionKeepsMarketsGroupsAndColumns() throws {
    let data = try data()
    let selected = data.selecting(rows: [2, 7, 9])
    #expect(selected.count == 3)
    #expect(selected.markets == data.markets)
    #expect(selected.groups == [2, 3, 1])
    #expect(Array(selected.column(1)) == [200, -400, -500])
    #expect(selected.times == [0, 20, 30].map(at))
    #expect(selected.events == [false, true, true])
    #expect(data.values(rows: [9, 0], columns: [1, 0]) == [-500, 100, -5, 1])
    #expect(data.features(ofRow: 7) == [-4, -400])
    #expect(data.value(row: 7, column: 1) == -400)
  }
}
