/// Why settings do not form a feature configuration.
public enum FeatureConfigurationFault: Error, Hashable, Sendable {
  /// No band is given, or one is not a finite number of basis points above zero.
  case bands
  /// The main band is not among the bands.
  case mainBand
  /// No notional is given, or one is not a finite amount above zero.
  case sweepNotionals
  /// The reach is not a finite number of basis points from the main band to 10,000.
  case reach
  /// No window is given, or one is not longer than zero.
  case windows
  /// A multiple is not above zero and below one, or more than four are given.
  case thinMultiples
  /// A half-life is not longer than zero, or the fast one is not shorter than the slow one.
  case halfLives
  /// The silence that counts as a gap or the age at which another market's state expires is not longer than zero.
  case tolerances
  /// No family is given.
  case families
}

extension FeatureConfigurationFault: CustomStringConvertible {
  /// The fault in words.
  public var description: String {
    switch self {
    case .bands: "bands: at least one finite number of basis points above zero is needed, each once"
    case .mainBand: "mainBand: must be one of the bands"
    case .sweepNotionals: "sweepNotionals: at least one finite amount above zero is needed, each once"
    case .reach: "reach: must lie between the main band and 10000bp"
    case .windows: "windows: at least one length of time above zero is needed, each once"
    case .thinMultiples: "thinMultiples: one to four numbers above zero and below one are needed, each once"
    case .halfLives: "halfLives: the fast one must be above zero and shorter than the slow one"
    case .tolerances: "tolerances: both lengths of time must be above zero"
    case .families: "families: at least one is needed, each once"
    }
  }
}
