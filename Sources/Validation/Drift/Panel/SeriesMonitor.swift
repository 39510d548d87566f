package import Checkpoints

/// A monitor by a design: any of the methods, on values that it standardises itself.
public struct SeriesMonitor: DriftMonitor {
  /// The design.
  public let design: MonitorDesign
  private var watch: any DriftMonitor & Resumable

  init(_ design: MonitorDesign) {
    self.design = design
    watch =
      switch design.method {
      case .cumulativeSum(let slack): CumulativeSum(slack: slack, threshold: design.threshold)
      case .pageHinkley(let tolerance): PageHinkley(tolerance: tolerance, threshold: design.threshold)
      case .adaptiveWindow(let range): AdaptiveWindow(range: range, threshold: design.threshold)
      case .stabilityIndex(let reference, let halfLife):
        FadingStability(reference: reference, halfLife: halfLife, threshold: design.threshold)
      }
  }

  /// What the evidence must go above.
  public var threshold: Double {
    get { watch.threshold }
    set { watch.threshold = newValue }
  }

  /// The evidence after the last value.
  public var evidence: Double { watch.evidence }

  /// The number of values that were no number.
  public var undefinedCount: Int { watch.undefinedCount }

  /// Takes the next value, in the unit of the series.
  public mutating func observe(_ value: Double) -> DriftSignal? {
    watch.observe((value - design.center) / design.deviation)
  }
}

extension SeriesMonitor: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try watch.exchange(with: &archive)
  }
}
