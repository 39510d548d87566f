import Testing
import Validation

@Suite("Means with day-block intervals")
struct DayMeansTests {
  private let days = [3, 3, 3, 5, 5, 9]
  private let bootstrap = DayBlockBootstrap(resamples: 2_000, seed: 4)

  @Test("The figure is the plain mean over the rows")
  func mean() {
    let means = DayMeans(of: [[1, 2, 3, 4, 5, 9], [2, 4, 6, 8, 10, 18]], days: days, bootstrap: bootstrap)
    #expect(means.estimate(0).value == 4)
    #expect(means.estimate(1).value == 8)
    #expect(means.saving(0, against: 1).value == 0.5)
  }

  @Test("A resample draws whole days, so its mean is one of few")
  func wholeDays() throws {
    let means = DayMeans(of: [[0, 0, 0, 1, 1, 1]], days: days, bootstrap: bootstrap)
    let estimate = means.estimate(0)
    // Three draws of the first day give 0, none of it gives 1.
    #expect(estimate.low == 0 && estimate.high == 1)
    #expect(DayMeans(of: [[0, 0, 0, 1, 1, 1]], days: [7, 7, 7, 7, 7, 7], bootstrap: bootstrap).estimate(0).low == 0.5)
  }

  @Test("Series share their resamples: what is always twice as large saves exactly half")
  func sharedResamples() {
    let means = DayMeans(of: [[1, 2, 3, 4, 5, 9], [2, 4, 6, 8, 10, 18]], days: days, bootstrap: bootstrap)
    #expect(means.saving(0, against: 1) == Estimate(value: 0.5, low: 0.5, high: 0.5))
  }

  @Test("Nothing is saved against a loss of zero, and no rows have no mean")
  func undefined() {
    let zero = DayMeans(of: [[1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0]], days: days, bootstrap: bootstrap)
    #expect(zero.saving(0, against: 1) == .undefined)
    #expect(DayMeans(of: [[]], days: [], bootstrap: bootstrap).estimate(0).value == nil)
  }
}
