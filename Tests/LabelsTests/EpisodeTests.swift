import Labels
import Markets
import Testing

@Suite struct EpisodeTests {
  @Test func rowsCloserThanTheGapFormOneEpisode() throws {
    let eth = try market()
    let episodes = Episode.runs(market: eth, times: [0, 5, 9, 20, 29, 40].map(at), gap: .seconds(10))
    #expect(episodes.map(\.start) == [at(0), at(20), at(40)])
    #expect(episodes.map(\.end) == [at(9), at(29), at(40)])
    #expect(episodes.map(\.rowCount) == [3, 2, 1])
    #expect(episodes.allSatisfy { $0.market == eth })
  }

  @Test func rowsExactlyTheGapApartAreTwoEpisodes() throws {
    #expect(Episode.runs(market: try market(), times: [at(0), at(7_199)]).count == 1)
    #expect(Episode.runs(market: try market(), times: [at(0), at(7_200)]).count == 2)
  }

  @Test func orderAndRepetitionDoNotMatter() throws {
    let episodes = Episode.runs(market: try market(), times: [5, 0, 5, 100, 0].map(at), gap: .seconds(10))
    #expect(episodes.map(\.start) == [at(0), at(100)])
    #expect(episodes.map(\.rowCount) == [4, 1])
  }

  @Test func noRowsFormNoEpisode() throws {
    #expect(Episode.runs(market: try market(), times: []).isEmpty)
  }
}
