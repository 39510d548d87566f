internal import Boosting

extension TrainingConfiguration.Boosting {
  /// Reads the section `boosting`; what is not given has the learner's default, and so has everything without a section.
  init(
    _ section: ConfigurationSection?, defaults: BoostingConfiguration = BoostingConfiguration()
  ) throws(ConfigurationFault) {
    guard var section else {
      (learner, monotone, earlyStopping) = (defaults, .catalogue, nil)
      return
    }
    var learner = try BoostingConfiguration(&section, defaults: defaults)
    monotone = try section.value("monotone")?.choice(of: Monotone.self) ?? .catalogue
    earlyStopping = try section.section("earlyStopping").map { stopping throws(ConfigurationFault) in
      try EarlyStopping(stopping)
    }
    try section.finish()
    learner.patience = earlyStopping?.patience
    self.learner = learner
  }
}

extension TrainingConfiguration.Boosting.EarlyStopping {
  fileprivate init(_ section: ConfigurationSection) throws(ConfigurationFault) {
    var section = section
    share = try section.required("share").number(in: 0.05...0.5)
    patience = try section.required("patience").integer(in: 1...10_000)
    try section.finish()
  }
}

extension BoostingConfiguration {
  /// Reads how trees are grown; what is not given keeps its default.
  fileprivate init(
    _ section: inout ConfigurationSection, defaults: BoostingConfiguration
  ) throws(ConfigurationFault) {
    self = defaults
    for setting in BoostingSetting.allCases {
      if let value = section.value(setting.rawValue) { setting.set(try setting.read(value), in: &self) }
    }
    if let value = section.value("seed") { seed = try value.seed() }
  }
}
