public import Margining

extension MarginPolicy {
  /// A policy in which everything that may be left out has its default; what must be given has an example.
  ///
  /// Its schedule is an illustration, not any venue's.
  public static func illustration() throws(ConfigurationFault) -> MarginPolicy {
    try MarginPolicy(yaml: requiredOnly, file: "illustration")
  }

  private static let requiredOnly = """
    multiplier: {target: 0.01}
    hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02}
    rateLimits: {up: 0.05, down: 0.005}
    bounds: {floor: 0.004, cap: 0.5}
    default:
      tiers:
        - {notional: 0, maintenance: 0.01}
        - {notional: 50000, maintenance: 0.025}
        - {notional: 250000, maintenance: 0.05}
    """
}
