internal import Boosting
internal import Labels
internal import Markets

extension TrainingConfiguration.CloseOutQuantile {
  /// Reads the section; what is not given has a default.
  ///
  /// ```yaml
  /// closeOutQuantile:          # optional; needs task.closeOut
  ///   levels: [0.95, 0.99]     # rising, each from 0.5 to 0.999
  ///   notionals: [1e5, 1e6]    # sizes of position, rising; unless set the task's alone, which must be among them
  ///   inputs: [depth_100bp]    # what both routes read; without it what the classifier reads
  ///   lossFloor: 5bp           # smaller and negative losses count as this
  ///   calibrationShare: 0.25   # of the rows, the last in time, correct the quantiles
  ///   tailThreshold: 0.9       # from this level on the standardised loss has a generalised Pareto tail
  ///   penalty: 10              # of the regression for the scale
  ///   boosting: {rounds: 100}  # as model.boosting; unless set 50 rounds of 4 leaves of at least 500 rows
  /// ```
  init(_ section: ConfigurationSection, closeOut: CloseOut) throws(ConfigurationFault) {
    var section = section
    levels =
      try section.value("levels")?.list { element throws(ConfigurationFault) in
        try element.number(in: 0.5...0.999)
      } ?? [0.95, 0.99]
    guard !levels.isEmpty, zip(levels, levels.dropFirst()).allSatisfy(<) else {
      throw section.fault(at: "levels", "must hold a level, and they must rise")
    }
    notionals = try section.value("notionals")?.numbers() ?? [closeOut.notional]
    guard notionals.allSatisfy({ $0 > 0 }), zip(notionals, notionals.dropFirst()).allSatisfy(<) else {
      throw section.fault(at: "notionals", "must be above zero, and they must rise")
    }
    guard notionals.contains(closeOut.notional) else {
      throw section.fault(at: "notionals", "must hold \(closeOut.notional), the notional of task.closeOut")
    }
    inputs = try section.value("inputs")?.names()
    if inputs?.isEmpty == true { throw section.fault(at: "inputs", "names no feature") }
    lossFloor = try section.value("lossFloor")?.basisPoints() ?? BasisPoints(5)
    guard lossFloor.value > 0, lossFloor.value <= 100 else {
      throw section.fault(at: "lossFloor", "\(lossFloor) is not above 0bp and at most 100bp")
    }
    calibrationShare = try section.value("calibrationShare")?.number(in: 0.05...0.5) ?? 0.25
    tailThreshold = try section.value("tailThreshold")?.number(in: 0.5...0.99) ?? 0.9
    penalty = try section.value("penalty")?.number(in: 0...1e12) ?? 10
    var defaults = BoostingConfiguration()
    (defaults.rounds, defaults.leaves, defaults.minimumRows) = (50, 4, 500)
    boosting = try TrainingConfiguration.Boosting(section.section("boosting"), defaults: defaults)
    try section.finish()
  }
}

extension ConfigurationValue {
  fileprivate func numbers() throws(ConfigurationFault) -> [Double] {
    try list { element throws(ConfigurationFault) in try element.number() }
  }
}
