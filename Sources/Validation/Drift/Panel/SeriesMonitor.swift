package import Checkpoints

/// A monitor by a design: any of the methods, on values that it standardises itself.
public struct SeriesMonitor: DriftMonitor {
  /// The design.
  public let design: MonitorDesign
  private var watch: Watch

  private enum Watch {
    case cumulativeSum(CumulativeSum)
    case pageHinkley(PageHinkley)
    case adaptiveWindow(AdaptiveWindow)
    case stability(FadingStability)
  }

  init(_ design: MonitorDesign) {
    self.design = design
    watch =
      switch design.method {
      case .cumulativeSum(let slack): .cumulativeSum(CumulativeSum(slack: slack, threshold: design.threshold))
      case .pageHinkley(let tolerance): .pageHinkley(PageHinkley(tolerance: tolerance, threshold: design.threshold))
      case .adaptiveWindow(let range): .adaptiveWindow(AdaptiveWindow(range: range, threshold: design.threshold))
      case .stabilityIndex(let reference, let halfLife):
        .stability(FadingStability(reference: reference, halfLife: halfLife, threshold: design.threshold))
      }
  }

  /// What the evidence must go above.
  public var threshold: Double {
    get { current.threshold }
    set { change { $0.threshold = newValue } }
  }

  /// The evidence after the last value.
  public var evidence: Double {
    switch watch {
    case .cumulativeSum(let monitor): monitor.evidence
    case .pageHinkley(let monitor): monitor.evidence
    case .adaptiveWindow(let monitor): monitor.evidence
    case .stability(let monitor): monitor.evidence
    }
  }

  /// The number of values that were no number.
  public var undefinedCount: Int { current.undefinedCount }

  /// Takes the next value, in the unit of the series.
  public mutating func observe(_ value: Double) -> DriftSignal? {
    let value = (value - design.center) / design.deviation
    switch watch {
    case .cumulativeSum(var monitor):
      defer { watch = .cumulativeSum(monitor) }
      return monitor.observe(value)
    case .pageHinkley(var monitor):
      defer { watch = .pageHinkley(monitor) }
      return monitor.observe(value)
    case .adaptiveWindow(var monitor):
      watch = .cumulativeSum(Self.nothing)
      defer { watch = .adaptiveWindow(monitor) }
      return monitor.observe(value)
    case .stability(var monitor):
      watch = .cumulativeSum(Self.nothing)
      defer { watch = .stability(monitor) }
      return monitor.observe(value)
    }
  }

  /// Stands in while a monitor's arrays are changed, so that they are not copied.
  private static let nothing = CumulativeSum(slack: 0, threshold: .infinity)

  private var current: any DriftMonitor {
    switch watch {
    case .cumulativeSum(let monitor): monitor
    case .pageHinkley(let monitor): monitor
    case .adaptiveWindow(let monitor): monitor
    case .stability(let monitor): monitor
    }
  }

  private mutating func change(_ body: (inout any DriftMonitor) -> Void) {
    var monitor = current
    body(&monitor)
    watch =
      switch monitor {
      case let monitor as CumulativeSum: .cumulativeSum(monitor)
      case let monitor as PageHinkley: .pageHinkley(monitor)
      case let monitor as AdaptiveWindow: .adaptiveWindow(monitor)
      case let monitor as FadingStability: .stability(monitor)
      default: watch
      }
  }
}

extension SeriesMonitor: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    switch watch {
    case .cumulativeSum(var monitor):
      try archive.exchange(&monitor)
      watch = .cumulativeSum(monitor)
    case .pageHinkley(var monitor):
      try archive.exchange(&monitor)
      watch = .pageHinkley(monitor)
    case .adaptiveWindow(var monitor):
      try archive.exchange(&monitor)
      watch = .adaptiveWindow(monitor)
    case .stability(var monitor):
      try archive.exchange(&monitor)
      watch = .stability(monitor)
    }
  }
}
