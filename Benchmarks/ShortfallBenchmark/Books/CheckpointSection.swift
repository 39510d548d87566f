internal import Checkpoints
internal import Features
internal import MarketData
internal import Markets

/// What it costs to keep and to restore the memory of features: three markets, windows full.
func checkpointSection(snapshots count: Int, pairs: Int) throws {
  var pipeline = FeaturePipeline(configuration: .streaming)
  // Ten times faster than the simulated recorder: about ten books a second and market.
  let start = SimulationConfiguration.standardStart
  for simulated in SimulatedMarkets(configuration: try fastMarkets()).prefix(count) {
    let snapshot = simulated.snapshot
    let age = (snapshot.time - start).nanoseconds / 10
    _ = pipeline.observe(
      BookSnapshot(time: start + TimeSpan(nanoseconds: age), market: snapshot.market, book: snapshot.book))
  }
  var taking: [Double] = []
  var restoring: [Double] = []
  var size = 0
  for _ in 0..<pairs {
    let (effort, archive) = try timed {
      var archive = StateArchive(expecting: size)
      try archive.exchange(&pipeline)
      return archive
    }
    size = archive.bytes.count
    taking.append(effort.elapsed)
    restoring.append(
      try timed {
        var source = StateArchive(reading: archive.bytes)
        var restored = FeaturePipeline(configuration: .streaming)
        try source.exchange(&restored)
      }.effort.elapsed)
  }
  print("\nCHECKPOINT of the features of three simulated markets after \(count) snapshots, windows up to 30m\n")
  print("state \(decimal(Double(size) / 1e6, digits: 1)) MB, taken in \(decimal(median(taking) * 1e3, digits: 1)) ms")
  print("restored in \(decimal(median(restoring) * 1e3, digits: 1)) ms")
}
