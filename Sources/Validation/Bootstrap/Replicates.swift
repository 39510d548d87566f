import Parallelism

/// The metrics of one scorer on the data as it is and on every resample of its days.
struct Replicates: Sendable {
  let bootstrap: DayBlockBootstrap
  let point: MetricValues
  let resampled: [MetricValues]

  /// The estimate of a metric.
  func estimate(_ metric: Metric) -> Estimate {
    bootstrap.estimate(value: point[metric], replicates: resampled.map { $0[metric] })
  }

  /// The estimate of a figure computed from this scorer's metrics and those of another on the same resamples.
  func estimate(with other: Replicates, _ figure: (MetricValues, MetricValues) -> Double) -> Estimate {
    bootstrap.estimate(
      value: figure(point, other.point), replicates: zip(resampled, other.resampled).map(figure))
  }

  private static let chunk = 25

  /// The replicates of several samples over the same days, each resample drawing the same days for all of them.
  ///
  /// Work is cut into fixed chunks of resamples that run concurrently; each replicate depends on its own index only.
  static func of(_ samples: [ScorerSample], dayCount: Int, bootstrap: DayBlockBootstrap) -> [Replicates] {
    let weights = concurrentMap(Array(0..<bootstrap.resamples)) {
      bootstrap.multiplicities(ofResample: $0, dayCount: dayCount)
    }
    let ones = [Double](repeating: 1, count: dayCount)
    let starts = Array(stride(from: 0, to: bootstrap.resamples, by: chunk))
    let jobs = samples.indices.flatMap { sample in starts.map { (sample: sample, start: $0) } }
    let points = concurrentMap(samples) { $0.metrics(dayWeights: ones.span) }
    let pieces = concurrentMap(jobs) { job in
      (job.start..<min(job.start + chunk, bootstrap.resamples)).map {
        let dayWeights = weights[$0]
        return samples[job.sample].metrics(dayWeights: dayWeights.span)
      }
    }
    return samples.indices.map { sample in
      let own = pieces[sample * starts.count..<(sample + 1) * starts.count]
      return Replicates(bootstrap: bootstrap, point: points[sample], resampled: own.flatMap(\.self))
    }
  }
}
