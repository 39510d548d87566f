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
    if let value = section.value("rounds") { rounds = try value.integer(in: 1...100_000) }
    if let value = section.value("learningRate") { learningRate = try value.share() }
    if let value = section.value("leaves") { leaves = try value.integer(in: 2...65_536) }
    if let value = section.value("depth") { depth = try value.depth() }
    if let value = section.value("bins") { bins = try value.integer(in: 2...255) }
    if let value = section.value("minimumRows") { minimumRows = try value.integer(in: 1...1_000_000_000) }
    if let value = section.value("minimumHessian") { minimumHessian = try value.number(in: 0...1e12) }
    if let value = section.value("minimumGain") { minimumGain = try value.number(in: 0...1e12) }
    if let value = section.value("l1") { l1 = try value.number(in: 0...1e12) }
    if let value = section.value("l2") { l2 = try value.number(in: 0...1e12) }
    if let value = section.value("rowShare") { rowShare = try value.share() }
    if let value = section.value("columnShare") { columnShare = try value.share() }
    if let value = section.value("seed") { seed = try value.seed() }
  }
}

extension ConfigurationValue {
  /// A number above 0 and at most 1.
  fileprivate func share() throws(ConfigurationFault) -> Double {
    let share = try number()
    guard share > 0, share <= 1 else { throw fault("\(share) is not above 0 and at most 1") }
    return share
  }

  /// `none`, or the largest number of splits between the root and a leaf.
  fileprivate func depth() throws(ConfigurationFault) -> Int? {
    if try text() == "none" { return nil }
    guard let depth = try? integer(in: 1...64) else { throw fault("expected none or a whole number from 1 to 64") }
    return depth
  }
}
