import MarketData
import Markets
import Sampling
import Testing

@Suite("Simulated markets: what the recorder writes")
struct SimulationRecordingTests {
  @Test func everyBookOfAMonthIsSoundAndInOrder() {
    let month = SimulatedMonth.standard
    #expect(month.faults.isEmpty)
    #expect((120_000...130_000).contains(month.snapshotCount))
  }

  /// Odd but valid configurations: coarse ticks, many levels, thin books, wild volatility.
  @Test(arguments: 0..<12)
  func booksAreSoundUnderAnyValidConfiguration(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed), stream: 99)
    var instrument = SimulatedInstrument.catalogue[generator.index(below: 6)]
    instrument.ticksPerUnit = max(instrument.ticksPerUnit / 10, Int(2_000 / instrument.price) + 1)
    instrument.levelSpacing = 4 + generator.index(below: 6)
    instrument.depth = 1_000 * (1 + 1_000 * generator.uniform())
    instrument.volatility = 0.9 * generator.uniform() + 0.01
    var recorder = SimulatedRecorder()
    recorder.levels = 5 + generator.index(below: 30)
    recorder.staleShare = generator.uniform()
    var cascades = SimulatedCascades()
    cascades.longInterest = 100 * generator.uniform()
    cascades.shockInterval = .days(1)
    let configuration = try SimulationConfiguration(
      seed: UInt64(seed), instruments: [instrument], duration: .days(1), recorder: recorder, cascades: cascades)
    var previous = Timestamp.distantPast
    var count = 0
    for simulated in SimulatedMarkets(configuration: configuration) {
      let snapshot = simulated.snapshot
      #expect(snapshot.time > previous && snapshot.time < configuration.start + configuration.duration)
      previous = snapshot.time
      // The book's initialiser checks its invariant; the simulation promises an uncrossed one.
      #expect(snapshot.book.condition == .normal)
      count += 1
    }
    #expect(count > 750)
  }

  @Test func levelsKeepTheirPricesFromSnapshotToSnapshot() throws {
    let configuration = try SimulationConfiguration(duration: .hours(12))
    let name = configuration.instruments[0].name
    let books = SimulatedMarkets(configuration: configuration).filter { $0.snapshot.market == name }.map(
      \.snapshot.book)
    var kept = 0.0
    for (book, next) in zip(books, books.dropFirst()) {
      let prices = Set(book.bids.map(\.price))
      kept += Double(next.bids.filter { prices.contains($0.price) }.count) / Double(next.bids.count)
    }
    #expect(kept / Double(books.count - 1) > 0.8)
  }

  @Test func theCadenceIsIrregularAroundItsMean() {
    let calm = SimulatedMonth.standard.rows[0].filter { $0.regime == .calm }
    let gaps = zip(calm, calm.dropFirst()).map { $1.seconds - $0.seconds }.filter { $0 < 600 }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    #expect((58...63).contains(mean))
    #expect((gaps.min() ?? 0) < 40 && (gaps.max() ?? 0) > 150)
  }

  @Test func anOutageSilencesAllMarketsAtOnce() throws {
    var recorder = SimulatedRecorder()
    recorder.outageInterval = .hours(8)
    recorder.outageLength = .minutes(50)
    let configuration = try SimulationConfiguration(seed: 5, duration: .days(2), recorder: recorder)
    let times = SimulatedMarkets(configuration: configuration).map { $0.snapshot.time }
    let gaps = zip(times, times.dropFirst()).map { ($1 - $0).seconds }
    #expect(gaps.contains { $0 >= 3_000 && $0 < 3_400 })
    recorder.outageInterval = nil
    let whole = try SimulationConfiguration(seed: 5, duration: .days(2), recorder: recorder)
    let wholeTimes = SimulatedMarkets(configuration: whole).map { $0.snapshot.time }
    #expect(zip(wholeTimes, wholeTimes.dropFirst()).allSatisfy { ($1 - $0).seconds < 600 })
    #expect(Set(times).isSubset(of: Set(wholeTimes)))
  }

  @Test func staleRepeatsComeAsOftenAsAsked() throws {
    for share in [0, 0.1] {
      var recorder = SimulatedRecorder()
      recorder.staleShare = share
      let configuration = try SimulationConfiguration(duration: .days(1), recorder: recorder)
      let name = configuration.instruments[1].name
      let books = SimulatedMarkets(configuration: configuration).filter { $0.snapshot.market == name }
      let repeats = zip(books, books.dropFirst()).filter { $0.snapshot.book == $1.snapshot.book }.count
      #expect(abs(Double(repeats) / Double(books.count) - share) < 0.025)
      if share == 0 { #expect(repeats == 0) }
    }
  }
}
